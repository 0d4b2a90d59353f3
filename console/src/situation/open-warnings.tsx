import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Warning } from '../../../src/client/api.ts';
import { CallProblem } from '../api/client.ts';
import { useOpenWarnings } from '../api/open-warnings.ts';
import type { Part } from '../api/situation.ts';
import { kept, usePagePath } from '../frame/address.ts';
import { Loading } from '../frame/states.tsx';
import { useWall } from '../frame/wall.ts';
import { isWithin, NATION } from '../words/regions.ts';
import { useShownSeason } from '../words/season.tsx';
import { breachText, byGravity, ownerText, subjectText } from '../words/warning-text.ts';

/** Warnings told here; the page of warnings has all. */
const ROWS = 4;
const ROWS_OF_WALL = 3;

/** Warnings in force about the part that is looked at, the gravest first. */
export function OpenWarnings({ region, operator }: Part) {
  const { t } = useTranslation('situation');
  const [, go] = usePagePath();
  const { data, error } = useOpenWarnings();
  const [isWall] = useWall();
  const most = isWall ? ROWS_OF_WALL : ROWS;
  const isOff = error instanceof CallProblem && error.status === 404;
  const items = data?.items.filter((each) => concerns(each, region, operator)).toSorted(byGravity);
  return (
    <section className="card open-warnings" aria-labelledby="open-warnings">
      <h2 id="open-warnings">
        {t('warnings')}
        {items && items.length > 0 && <Levels items={items} />}
      </h2>
      {isOff && <p className="note">{t('warnings.off')}</p>}
      {!items && !isOff && <Loading rows={2} />}
      {items?.length === 0 && <p className="calm">{t('warnings.none')}</p>}
      {items && items.length > 0 && (
        <>
          <ul>
            {items.slice(0, most).map((warning) => (
              <Entry key={warning.id} warning={warning} />
            ))}
          </ul>
          <Button type="link" onClick={() => go('warnings')}>
            {items.length > most
              ? `${t('warnings.all')} · ${t('warnings.more', { n: items.length - most })}`
              : t('warnings.all')}
          </Button>
        </>
      )}
    </section>
  );
}

/** How many there are of each level, the gravest first. */
function Levels({ items }: { items: readonly Warning[] }) {
  const { t } = useTranslation('warning');
  const levels = (['red', 'orange', 'yellow', 'blue'] as const).flatMap((level) => {
    const n = items.filter((each) => each.level === level).length;
    return n === 0 ? [] : [{ level, n }];
  });
  return (
    <span className="levels">
      {levels.map(({ level, n }) => (
        <span key={level} className={`level level-${level}`}>
          {t(`level.${level}`)} {n}
        </span>
      ))}
    </span>
  );
}

function Entry({ warning }: { warning: Warning }) {
  const { t } = useTranslation('warning');
  const season = useShownSeason();
  const [, go] = usePagePath();
  const say = { t, season };
  const { id, level, subject, owner, acknowledged } = warning;
  const search = new URLSearchParams(kept());
  search.set('warning', id);
  return (
    <li className={`level-edge-${level}`}>
      <span className={`level level-${level}`}>{t(`level.${level}`)}</span>{' '}
      <a
        href={`/warnings?${search}`}
        onClick={(event) => {
          if (event.ctrlKey || event.metaKey || event.shiftKey) return;
          event.preventDefault();
          go('warnings', { warning: id });
        }}
      >
        {subjectText(subject, say)}
      </a>
      <small>
        {[
          breachText(warning, say),
          owner && ownerText(owner, say),
          acknowledged === undefined
            ? undefined
            : t(acknowledged ? 'acknowledged' : 'unacknowledged'),
        ]
          .filter(Boolean)
          .join(' · ')}
      </small>
    </li>
  );
}

const RESOURCE_REGION = /^([^/]+)\/[^/]+\/(\d{6})/;

/** Whether a warning is about the part: of a place, by its owner; of the nation and of operators, the nation's. */
function concerns({ subject, owner }: Warning, region: string, operator?: string): boolean {
  const { kind, id } = subject;
  if (kind === 'nation') return region === NATION && operator === undefined;
  if (kind === 'operator') return region === NATION && (operator === undefined || id === operator);
  if (kind === 'province' || kind === 'city') return operator === undefined && isWithin(region, id);
  const [, byId, place] = RESOURCE_REGION.exec(id) ?? [];
  const of = owner?.operator ?? byId;
  const where = owner?.region ?? place;
  return (
    (operator === undefined || of === operator) && (where === undefined || isWithin(region, where))
  );
}
