import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { type Part, useFigures } from '../api/situation.ts';
import { loadStep, usePalette } from '../chart/palette.ts';
import { useWall } from '../frame/wall.ts';
import { ownerName } from '../words/owner.ts';
import { useShownSeason } from '../words/season.tsx';
import { HubLink } from './hub-link.tsx';
import type { Moment } from './moment.ts';
import { seesFlows } from './sees-flows.ts';
import type { Place, Shown } from './shown.ts';
import { largest } from './worst.ts';

interface WorstHubsProps {
  readonly shown: Shown;
  readonly moment: Moment;
  readonly part: Part;
}

/** Rows of each list: the wall has warnings to show, too. */
const ROWS = 7;
const ROWS_OF_WALL = 6;
const STOPPED_ROWS = 3;

/** Whom it concerns: the fullest hubs of the moment and those that stand still the longest, each with its owner. */
export function WorstHubs({ shown, moment, part }: WorstHubsProps) {
  const { t } = useTranslation('situation');
  const [isWall] = useWall();
  const fullest = largest(moment.fill, shown.listed, isWall ? ROWS_OF_WALL : ROWS);
  const title =
    moment.basis === 'now' ? 'worst.fullest' : (`worst.fullest.${moment.basis}` as const);
  return (
    <section className="card worst" aria-labelledby="worst">
      <h2 id="worst">{t(title)}</h2>
      {fullest.length === 0 ? (
        <p className="note">{t('worst.noneFull')}</p>
      ) : (
        <ol>
          {fullest.map((n) => (
            <FullHub key={n} place={shown.places[n]} permille={Math.round(1000 * moment.fill[n])} />
          ))}
        </ol>
      )}
      <Stopped part={part} />
    </section>
  );
}

const FullHub = memo(function FullHub({ place, permille }: { place: Place; permille: number }) {
  const { format } = useShownSeason();
  const { steps } = usePalette();
  const step = loadStep(permille, 1000);
  return (
    <li>
      <span className="worst-name">
        <HubLink place={place} />
      </span>
      <span className="worst-bar" aria-hidden="true">
        <i style={{ width: `${Math.min(100, permille / 10)}%`, background: steps[step] }} />
      </span>
      <strong className={step === 3 ? 'over' : undefined}>
        {format.percent(permille / 1000, 1)}
      </strong>
      <Owner place={place} isImportant={place.important} />
    </li>
  );
});

interface OwnerProps {
  readonly place: Pick<Place, 'operator' | 'region'>;
  readonly isImportant?: boolean;
}

function Owner({ place, isImportant = false }: OwnerProps) {
  const { t } = useTranslation('situation');
  const season = useShownSeason();
  return (
    <small className="owner">
      {t('owner', { owner: ownerName(place, season) })}
      {isImportant && <span className="important">{t('worst.important')}</span>}
    </small>
  );
}

/** Hubs where nothing moves, now. */
function Stopped({ part }: { part: Part }) {
  const { t } = useTranslation('situation');
  const { format } = useShownSeason();
  const { data } = useFigures(part);
  if (!data || !seesFlows(data)) return null;
  const { worst } = data.stopped;
  return (
    <>
      <h3>{t('worst.stoppedList')}</h3>
      {worst.length === 0 ? (
        <p className="note calm">{t('worst.noneStopped')}</p>
      ) : (
        <ol>
          {worst.slice(0, STOPPED_ROWS).map(({ resource, value }) => (
            <li key={resource.id}>
              <span className="worst-name">
                <HubLink place={resource} />
              </span>
              <span />
              <strong className="over">{t('worst.hours', { n: format.decimal(value) })}</strong>
              <Owner place={resource} />
            </li>
          ))}
        </ol>
      )}
    </>
  );
}
