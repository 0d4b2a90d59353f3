import { useTranslation } from 'react-i18next';
import { usePagePath } from './address.ts';
import { useWork } from './work.ts';

/** Work under way, wherever one has gone since it was started. */
export function WorkList() {
  const { t, i18n } = useTranslation('frame');
  const [, go] = usePagePath();
  const percent = new Intl.NumberFormat(i18n.language, { style: 'percent' });
  const works = useWork();
  if (works.length === 0) return null;
  return (
    <ul className="frame-work" aria-label={t('work')}>
      {works.map(({ id, name, share, page, chosen }) => (
        <li key={id}>
          <button type="button" onClick={() => go(page, chosen)}>
            {name} {share === undefined ? '…' : percent.format(share)}
          </button>
        </li>
      ))}
    </ul>
  );
}
