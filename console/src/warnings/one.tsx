import { Alert, Button } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Warning } from '../../../src/client/api.ts';
import { CallProblem } from '../api/client.ts';
import { useWarning } from '../api/warnings.ts';
import { useAddress, usePagePath } from '../frame/address.ts';
import { Answer } from '../frame/states.tsx';
import { useShownSeason } from '../words/season.tsx';
import { causesText, cureText, ownerText, subjectText } from '../words/warning-text.ts';
import { Acts } from './acts.tsx';
import { History } from './history.tsx';
import { Lead } from './lead.tsx';
import type { ToldClock } from './season-clock.ts';

/** What was chosen may be above the list, or above what one has scrolled to. */
function bringIntoSight(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: 'nearest' });
}

/** One warning: what is expected, why, what would help, what may be done and what was. */
export function OneWarning({ id }: { id: string }) {
  const { t } = useTranslation('warnings');
  const query = useWarning(id);
  const [, choose] = useAddress('warning');
  const isGone = query.error instanceof CallProblem && query.error.status === 404;
  const close = (
    <Button size="small" onClick={() => choose(undefined)}>
      {t('close')}
    </Button>
  );
  return (
    <section className="card warning-one" aria-labelledby="one" ref={bringIntoSight}>
      {isGone ? (
        <Alert type="info" showIcon title={t('one.gone')} action={close} id="one" />
      ) : (
        <Answer query={query}>
          {(answer) => (
            <>
              <Head warning={answer.warning}>{close}</Head>
              <Facts warning={answer.warning} now={answer} />
              <Acts warning={answer.warning} />
              <History events={answer.events} />
              <Same warning={answer.warning} />
            </>
          )}
        </Answer>
      )}
    </section>
  );
}

function Head({ warning, children }: { warning: Warning; children: ReactNode }) {
  const { t } = useTranslation('warning');
  const season = useShownSeason();
  const { level, subject, endedAt, acknowledged } = warning;
  const { t: here } = useTranslation('warnings');
  const state = acknowledged === undefined ? undefined : acknowledged;
  return (
    <div className="warning-head">
      <h2 id="one">
        <span className={`level level-${level}`}>{t(`level.${level}`)}</span>{' '}
        {subjectText(subject, { t, season })}
        <small>
          {endedAt !== undefined && here('state.ended')}
          {endedAt === undefined &&
            state !== undefined &&
            t(state ? 'acknowledged' : 'unacknowledged')}
        </small>
      </h2>
      {children}
    </div>
  );
}

function Facts({ warning, now }: { warning: Warning; now: ToldClock }) {
  const { t } = useTranslation('warnings');
  const { t: word } = useTranslation('warning');
  const season = useShownSeason();
  const { format } = season;
  const say = { t: word, season };
  const { breachAt, chance, floorShare, capacityHours, basis, shape, byPerson } = warning;
  const { causes, cure, owner, reach, issuedAt, endedAt, policyVersion } = warning;
  const facts: readonly (readonly [string, ReactNode])[] = [
    [t('fact.lead'), endedAt === undefined && <Lead key="lead" {...{ warning, now }} />],
    [t('fact.breach'), breachAt !== undefined && format.minute(breachAt)],
    [t('fact.chance'), chance !== undefined && format.percent(chance)],
    [
      t('fact.floor'),
      floorShare !== undefined && t('floor', { share: format.percent(floorShare) }),
    ],
    [
      t('fact.hours'),
      capacityHours !== undefined && t('hours', { n: format.decimal(capacityHours) }),
    ],
    [t('fact.basis'), basis && t(`basis.${basis}`)],
    [t('fact.shape'), shape && t(`shape.${shape}`)],
    [t('fact.cause'), causes && causes.length > 0 && causesText(causes, say)],
    [t('fact.cure'), causes && (cure ? cureText(cure, say) : t('cost.none'))],
    [t('fact.owner'), owner && ownerText(owner, say)],
    [t('fact.reach'), reach && word(`reach.${reach}`)],
    [
      t('fact.issued'),
      `${format.minute(issuedAt)}${byPerson === undefined ? '' : ` · ${t(byPerson ? 'byPerson' : 'byRule')}`}`,
    ],
    [t('fact.ended'), endedAt !== undefined && format.minute(endedAt)],
    [t('fact.policy'), policyVersion !== undefined && t('version', { n: policyVersion })],
  ];
  return (
    <dl className="warning-facts">
      {facts.map(
        ([name, value]) =>
          value !== undefined &&
          value !== false && (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}

/** To what was before of the same subject. */
function Same({ warning: { subject, id } }: { warning: Warning }) {
  const { t } = useTranslation('warnings');
  const [, go] = usePagePath();
  const chosen = { state: 'ended', subject: subject.id, warning: id };
  return (
    <Button type="link" className="warning-same" onClick={() => go('warnings', chosen)}>
      {t('same')}
    </Button>
  );
}
