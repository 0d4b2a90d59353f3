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
import { Age } from '../words/age.tsx';
import { useShownSeason } from '../words/season.tsx';
import {
  breachText,
  byGravity,
  causesText,
  chanceText,
  cureText,
  ownerText,
  subjectText,
} from '../words/warning-text.ts';

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

/** Warnings shown at first. */
const FIRST_ROWS = 6;

function List({ answer }: { answer: LiveWarningsAnswer }) {
  const { t } = useTranslation('live');
  const [most, setMost] = useState(FIRST_ROWS);
  const { items } = answer;
  if (items.length === 0) return <p className="calm">{t('warnings.none')}</p>;
  const sorted = items.toSorted(byGravity);
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
  const { t } = useTranslation('warning');
  const season = useShownSeason();
  const { format } = season;
  const say = { t, season, named: resources };
  const { level, issuedAt, causes, cure, owner, reach, acknowledged } = warning;
  const facts = [
    [t('since'), format.minute(issuedAt)],
    [t('breach'), breachText(warning, say)],
    [t('chance'), chanceText(warning, say)],
    [t('cause'), causes && causesText(causes, say)],
    [t('cure'), cure && cureText(cure, say)],
    [t('owner'), owner && ownerText(owner, say)],
  ] as const;
  return (
    <li className={`warning warning-${level}`}>
      <h3>
        <span className={`level level-${level}`}>{t(`level.${level}`)}</span>{' '}
        {subjectText(warning.subject, say)}
        <small>
          {reach && t(`reach.${reach}`)} · {t(acknowledged ? 'acknowledged' : 'unacknowledged')}
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
