import { Segmented } from 'antd';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useSlotSums } from '../api/release.ts';
import { useViewer } from '../frame/session.tsx';
import { Answer, Loading } from '../frame/states.tsx';
import { useShownSeason, WithSeason } from '../words/season.tsx';
import { useFollowChanges } from './changes-feed.ts';
import { useView, VIEWS } from './choices.ts';
import { ReleaseFigures } from './figures.tsx';
import { TicketsView } from './tickets-view.tsx';
import './words.ts';
import './release.css';

const PaceView = lazy(() => import('./pace-view.tsx'));
const ImportView = lazy(() => import('./import/import-view.tsx'));

/** A dispatcher's page: what may go when, why not earlier, and whether the pace was kept. */
export default function ReleasePage() {
  return (
    <WithSeason>
      <Release />
    </WithSeason>
  );
}

function Release() {
  const { t } = useTranslation('release');
  const { scenario } = useShownSeason();
  const mayAct = useViewer().role !== 'viewer';
  const [asked, setView] = useView();
  const views = VIEWS.filter((each) => each !== 'import' || mayAct);
  const view = views.find((each) => each === asked) ?? 'tickets';
  const query = useSlotSums();
  useFollowChanges(scenario.slotMinutes);
  return (
    <div className="release">
      <div className="heading">
        <h1>{t('title')}</h1>
        <p className="note">{t('lead')}</p>
      </div>
      {scenario.generated && <p className="marks">{t('generated')}</p>}
      <Answer query={query}>
        {(summary) => (
          <>
            <ReleaseFigures summary={summary} heardAt={query.dataUpdatedAt} />
            <div className="tools">
              <Segmented
                aria-label={t('view')}
                value={view}
                onChange={setView}
                options={views.map((value) => ({ value, label: t(`view.${value}`) }))}
              />
            </div>
            <Suspense fallback={<Loading />}>
              {view === 'tickets' && (
                <TicketsView summary={summary} heardAt={query.dataUpdatedAt} />
              )}
              {view === 'pace' && <PaceView summary={summary} heardAt={query.dataUpdatedAt} />}
              {view === 'import' && <ImportView />}
            </Suspense>
          </>
        )}
      </Answer>
    </div>
  );
}
