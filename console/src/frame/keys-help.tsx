import { Modal } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Page } from '../pages.ts';
import { useTitle } from './titles.ts';

interface KeysHelpProps {
  /** In the order of their keys. */
  readonly pages: readonly Page[];
  readonly close: () => void;
}

/** Which key does what. */
export default function KeysHelp({ pages, close }: KeysHelpProps) {
  const { t } = useTranslation('frame');
  const title = useTitle();
  const keys: readonly (readonly [string, string])[] = [
    ...pages.map((page, i) => [String(i + 1), title(page)] as const),
    ['/', t('keys.search')],
    ['w', t('keys.wall')],
    ['d', t('keys.dark')],
    ['l', t('keys.language')],
    ['?', t('keys.help')],
  ];
  return (
    <Modal open title={t('keys.title')} footer={null} onCancel={close}>
      <dl className="keys">
        {keys.map(([key, what]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <p className="note">{t('keys.text')}</p>
    </Modal>
  );
}
