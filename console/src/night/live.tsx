import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { usePagePath } from '../frame/address.ts';
import { useSession } from '../frame/session.tsx';
import { firstPage } from '../frame/titles.ts';

/** The way on: the same night with gate and scans running. */
export function Live() {
  const { t } = useTranslation('night');
  const asker = useSession();
  const { viewer } = asker;
  const [, go] = usePagePath();
  return (
    <section className="card night-live" aria-labelledby="night-live">
      <div>
        <h2 id="night-live">{t('live.title')}</h2>
        <p>{t('live.text')}</p>
      </div>
      <Button
        type="primary"
        size="large"
        onClick={() => go(viewer ? firstPage(asker).path : 'sign-in')}
      >
        {t(viewer ? 'live.go' : 'live.signIn')}
      </Button>
    </section>
  );
}
