import { Button } from 'antd';
import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Message } from './states.tsx';

/** Keeps a page that fails from taking the frame with it. */
export class Guard extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    return this.state.failed ? <Failed /> : this.props.children;
  }
}

function Failed() {
  const { t } = useTranslation('frame');
  return (
    <Message title={t('error.page')} text={t('error.page.text')}>
      <Button onClick={() => window.location.reload()}>{t('reload')}</Button>
    </Message>
  );
}
