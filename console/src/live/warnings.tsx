import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type {
  LiveAnswer,
  LiveWarning,
  LiveWarningsAnswer,
} from '../../../src/edge/http/live-schema.ts';
import { useLiveWarnings } from '../api/live.ts';
import { Answer } from '../frame/states.tsx';
import { useShownSeason } from '../words/season.tsx';
import { Age } from './age.tsx';
import { causesText, cureText, ownerText, subjectText } from './warning-text.ts';

interface WarningsProps {
  readonly live: LiveAnswer;
  /** The season's clock. */
  readonly now: number;
}

/** Warnings in force, the gravest first. */
export function Warnings({ live, now }: WarningsProps) {
  const { t } = useTranslation('live');
  return (
    <section className="card" aria-labelledby="warnings">
      <h2 id="warnings">{t('warnings.title')}</h2>
      {live.warnings ? <InForce now={now} /> : <p className="note">{t('warnings.off')}</p>}
    </section>
  );
}

function InForce({ now }: Pick<WarningsProps, 'now'>) {
  return (
    <Answer query={useLiveWarnings()}>
      {(answer) => (
        <>
          <List answer={answer} />
          <Basis answer={answer} now={now} />
        </>
      )}
    </Answer>
  );
}

interface BasisProps extends Pick<WarningsProps, 'now'> {
  readonly answer: LiveWarningsAnswer;
}

function Basis({ answer: { assessedAt, policy }, now }: BasisProps) {
  const { t } = useTranslation('live');
  const { format } = useShownSeason();
  return (
    <p className="note">
      {assessedAt !== undefined && (
        <>
          {t('warnings.assessed', { time: format.moment(assessedAt) })} ·{' '}
          {!Number.isNaN(now) && <Age ms={now - Date.parse(assessedAt)} />} ·{' '}
        </>
      )}
      {t(`warnings.${policy.basis}`, { version: policy.version })}
    </p>
  );
}

const RANK: Readonly<Record<LiveWarning['level'], number>> = {
  red: 0,
  orange: 1,
  yellow: 2,
  blue: 3,
};

function leadOf({ leadHours = Infinity }: LiveWarning): number {
  return leadHours;
}

/** Warnings shown at first. */
const FIRST_ROWS = 6;

function List({ answer }: { answer: LiveWarningsAnswer }) {
  const { t } = useTranslation('live');
  const [most, setMost] = useState(FIRST_ROWS);
  const { items } = answer;
  if (items.length === 0) return <p className="calm">{t('warnings.none')}</p>;
  const sorted = items.toSorted((a, b) => RANK[a.level] - RANK[b.level] || leadOf(a) - leadOf(b));
  return (
    <>
      <ul className="warnings">
        {sorted.slice(0, most).map((warning) => (
          <Entry key={warning.id} warning={warning} resources={answer.resources} />
        ))}
      </ul>
      {sorted.length > most && (
        <Button type="link" onClick={() => setMost(sorted.length)}>
          {t('warnings.more', { n: sorted.length - most })}
        </Button>
      )}
    </>
  );
}

interface EntryProps extends Pick<LiveWarningsAnswer, 'resources'> {
  readonly warning: LiveWarning;
}

function Entry({ warning, resources }: EntryProps) {
  const { t } = useTranslation('live');
  const season = useShownSeason();
  const { format } = season;
  const say = { t, season, resources };
  const { level, issuedAt, causes, cure, owner, reach, acknowledged } = warning;
  const facts = [
    [t('warning.since'), format.minute(issuedAt)],
    [t('warning.breach'), <Breach key="breach" warning={warning} />],
    [t('warning.chance'), chanceText(warning, t('warning.byPerson'), format.percent)],
    [t('warning.cause'), causes && causesText(causes, say)],
    [t('warning.cure'), cure && cureText(cure, say)],
    [t('warning.owner'), owner && ownerText(owner, say)],
  ] as const;
  return (
    <li className={`warning warning-${level}`}>
      <h3>
        <span className={`level level-${level}`}>{t(`level.${level}`)}</span>{' '}
        {subjectText(warning.subject, say)}
        <small>
          {reach && t(`reach.${reach}`)} ·{' '}
          {t(acknowledged ? 'warning.acknowledged' : 'warning.unacknowledged')}
        </small>
      </h3>
      <dl>
        {facts.map(
          ([name, value]) =>
            value && (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
    </li>
  );
}

function chanceText(
  { chance, byPerson }: LiveWarning,
  byHand: string,
  percent: (share: number) => string,
): string | undefined {
  if (chance !== undefined) return percent(chance);
  return byPerson ? byHand : undefined;
}

function Breach({ warning: { breachAt, leadHours = 0 } }: { warning: LiveWarning }) {
  const { t } = useTranslation('live');
  const { format } = useShownSeason();
  if (breachAt === undefined) return t('warning.noBreach');
  const lead = leadHours > 0 ? t('warning.lead', { hours: format.decimal(leadHours) }) : undefined;
  return `${format.minute(breachAt)} · ${lead ?? t('warning.over')}`;
}
