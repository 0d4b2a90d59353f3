import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Warning } from '../../../src/client/api.ts';
import { useWarningChanges, useWarningPolicy, useWarnings } from '../api/warnings.ts';
import { useAddress } from '../frame/address.ts';
import { useViewer } from '../frame/session.tsx';
import { Answer } from '../frame/states.tsx';
import { Age } from '../words/age.tsx';
import { useShownSeason, WithSeason } from '../words/season.tsx';
import { powersOf, useAsked } from './choices.ts';
import { Counts } from './counts.tsx';
import { Filters } from './filters.tsx';
import { Issue } from './issue.tsx';
import { WarningList } from './list.tsx';
import { WarningMap } from './map.tsx';
import { OneWarning } from './one.tsx';
import { Policy } from './policy.tsx';
import { type ToldClock, useSeasonNow } from './season-clock.ts';
import '../words/warning-words.ts';
import '../words/warning.css';
import '../words/age.css';
import './words.ts';
import './warnings.css';

/** Warnings: which, where, how long there is, why, what would help, and what has been done. */
export default function WarningsPage() {
  return (
    <WithSeason>
      <Warnings />
    </WithSeason>
  );
}

function Warnings() {
  const viewer = useViewer();
  const powers = powersOf(viewer);
  const asked = useAsked();
  const [chosen] = useAddress('warning');
  // The levels are counted over all that is in force, whatever is listed.
  const open = useWarnings({ state: 'open' });
  const listed = useWarnings(asked);
  const state = useWarningChanges();
  const told = open.data?.pages[0];
  const warned = itemsOf(open.data);
  return (
    <>
      <Heading {...{ told, state }} assessedAt={told?.assessedAt}>
        {powers.readsPolicy && <Basis />}
      </Heading>
      <Answer query={open}>{() => <Counts warnings={warned} />}</Answer>
      <div className="half-and-half warnings-page">
        <section className="card warnings-list" aria-labelledby="list">
          <Filters asked={asked} warnings={[...warned, ...itemsOf(listed.data)]} />
          {powers.decides && <Issue told={told} />}
          <Answer query={listed}>
            {() => (
              <WarningList
                asked={asked}
                warnings={itemsOf(listed.data)}
                now={told}
                hasMore={listed.hasNextPage}
                isLoading={listed.isFetchingNextPage}
                more={() => void listed.fetchNextPage()}
              />
            )}
          </Answer>
        </section>
        <div className="warnings-side">
          {chosen !== undefined && <OneWarning key={chosen} id={chosen} />}
          <WarningMap warnings={warned} />
        </div>
      </div>
      {powers.readsPolicy && <Policy maySet={powers.setsPolicy} />}
    </>
  );
}

function itemsOf(data: { pages: readonly { items: readonly Warning[] }[] } | undefined): Warning[] {
  return data?.pages.flatMap(({ items }) => items) ?? [];
}

/** Assessments come every 20 s, or somewhat less often; later than this, something is wrong. */
const STALE_MS = 180_000;

interface HeadingProps {
  readonly told: ToldClock | undefined;
  readonly state: 'live' | 'lost' | undefined;
  readonly assessedAt: string | undefined;
  /** What the thresholds rest on. */
  readonly children: ReactNode;
}

function Heading({ told, state, assessedAt, children }: HeadingProps) {
  const { t } = useTranslation('warnings');
  const { format, scenario } = useShownSeason();
  const now = useSeasonNow(told);
  const age = assessedAt === undefined ? 0 : now - Date.parse(assessedAt);
  return (
    <div className="heading">
      <h1>{t('title')}</h1>
      <p className="note warnings-state" role="status">
        <strong className={state === 'lost' ? 'over' : state === 'live' ? 'calm' : ''}>
          {t(`state.${state ?? 'connecting'}`)}
        </strong>
        {told &&
          (assessedAt === undefined ? (
            <span>{t('unassessed')}</span>
          ) : (
            <span>
              {t('assessed', { time: format.moment(assessedAt) })} · <Age ms={age} />
              {age > STALE_MS && <strong className="stale">{t('stale')}</strong>}
            </span>
          ))}
        {children}
      </p>
      <p className="marks">
        {scenario.generated && (
          <span>
            <strong>{t('generated')}</strong> <small>{t('generated.text')}</small>
          </span>
        )}
        <span>
          <strong>{t('modelled')}</strong> <small>{t('modelled.text')}</small>
        </span>
      </p>
    </div>
  );
}

/** What the thresholds rest on, for those who may know. */
function Basis() {
  const { t } = useTranslation('warnings');
  const { data } = useWarningPolicy();
  if (!data) return null;
  const { basis, version } = data.policy;
  return <a href="#policy">{t(`policy.${basis}`, { version })}</a>;
}
