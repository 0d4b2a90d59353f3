import { Alert, Button, InputNumber, Progress, Tag } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { NewPlanRun, PlanRun } from '../../../src/client/api.ts';
import { api } from '../api/client.ts';
import { usePlanRuns, usePublishing, useRunActs } from '../api/plans.ts';
import { useViewer } from '../frame/session.tsx';
import { Answer } from '../frame/states.tsx';
import { followWork } from '../frame/work.ts';
import { useShownSeason } from '../words/season.tsx';
import { ReasonBox } from './reason-box.tsx';
import { useShownVersion } from './shown-plan.tsx';

/** Making a plan: how, how far it is, how good it became; and publishing it. */
export function Runs() {
  const { t } = useTranslation('plan');
  const query = usePlanRuns();
  const running = query.data?.runs.find(({ state }) => state === 'running');
  const name = t('runs.work');
  useEffect(() => {
    if (running === undefined) return;
    followWork('plan', async () => {
      const { runs } = await api.listPlanRuns();
      const open = runs.filter(({ state }) => state === 'running');
      return open.map((run) => ({ id: run.id, name, ...shareOf(run), page: 'plan', chosen: {} }));
    });
  }, [running?.id, name]);
  return (
    <section className="card" aria-labelledby="runs">
      <h2 id="runs">{t('runs.title')}</h2>
      <p className="note">{t('runs.text')}</p>
      <NewRun isBusy={running !== undefined} />
      <Answer query={query}>
        {({ runs }) =>
          runs.length === 0 ? (
            <p className="note">{t('runs.none')}</p>
          ) : (
            <ul className="runs">
              {runs.map((run) => (
                <Run key={run.id} run={run} />
              ))}
            </ul>
          )
        }
      </Answer>
    </section>
  );
}

const DEFAULTS: NewPlanRun = { gap: 0.001, timeLimitSeconds: 60, reserve: 0 };

function NewRun({ isBusy }: { isBusy: boolean }) {
  const { t } = useTranslation('plan');
  const { start } = useRunActs();
  const { role } = useViewer();
  const [asked, ask] = useState(DEFAULTS);
  if (role === 'viewer') return null;
  const percent = (field: 'gap' | 'reserve', min: number, max: number, step: number) => (
    <InputNumber
      aria-label={t(`runs.${field}`)}
      value={round(100 * asked[field])}
      min={min}
      max={max}
      step={step}
      suffix="%"
      onChange={(value) => ask({ ...asked, [field]: (value ?? 0) / 100 })}
    />
  );
  return (
    <form
      className="new-run"
      onSubmit={(event) => {
        event.preventDefault();
        start.mutate(asked);
      }}
    >
      <label>
        <span>{t('runs.gap')}</span>
        {percent('gap', 0.01, 10, 0.01)}
      </label>
      <label>
        <span>{t('runs.timeLimit')}</span>
        <InputNumber
          aria-label={t('runs.timeLimit')}
          value={asked.timeLimitSeconds}
          min={1}
          max={3600}
          suffix={t('unit.seconds')}
          onChange={(value) => ask({ ...asked, timeLimitSeconds: Math.round(value ?? 60) })}
        />
      </label>
      <label>
        <span>{t('runs.reserve')}</span>
        {percent('reserve', 0, 50, 1)}
      </label>
      <Button type="primary" htmlType="submit" disabled={isBusy} loading={start.isPending}>
        {t('runs.start')}
      </Button>
      {start.error && (
        <Alert
          type="error"
          showIcon
          title={t('reason.refused')}
          description={start.error.message}
        />
      )}
    </form>
  );
}

function Run({ run }: { run: PlanRun }) {
  const { t } = useTranslation('plan');
  const { format } = useShownSeason();
  const { asked, state, from, seconds } = run;
  const facts = [
    format.instant(run.madeAt),
    t('runs.from', { time: format.slotTime(from) }),
    t('runs.asked', {
      gap: format.percent(asked.gap, 2),
      seconds: asked.timeLimitSeconds,
      reserve: format.percent(asked.reserve),
    }),
    t('runs.took', { seconds: format.decimal(seconds) }),
  ];
  return (
    <li className="run">
      <div>
        <Tag color={state === 'running' ? 'processing' : state === 'failed' ? 'error' : 'default'}>
          {t(`runs.state.${state}`)}
        </Tag>
        <span className="note">
          {facts.join(' · ')} · <span translate="no">{run.by}</span>
        </span>
      </div>
      {state === 'running' ? <Running run={run} /> : <Ended run={run} />}
    </li>
  );
}

function Running({ run }: { run: PlanRun }) {
  const { t } = useTranslation('plan');
  const { format } = useShownSeason();
  const { end } = useRunActs();
  const { phase, objective, bound, gap } = run.progress;
  const { share } = shareOf(run);
  return (
    <>
      <Progress
        percent={Math.round(100 * share)}
        showInfo={false}
        aria-label={t('runs.progress')}
      />
      <p role="status" className="run-progress">
        {t(`runs.phase.${phase}`)} ·{' '}
        {t('runs.figures', {
          z: known(objective, format.count),
          l: known(bound, format.count),
          gap: known(gap, (x) => format.percent(x, 3)),
        })}
      </p>
      <Button onClick={() => end.mutate(run.id)} loading={end.isPending}>
        {t('runs.stop')}
      </Button>
    </>
  );
}

function known(x: number | null, text: (x: number) => string): string {
  return x === null ? '–' : text(x);
}

/** How far it is by time: it may end earlier, when it is good enough. */
function shareOf({ seconds, asked }: PlanRun): { share: number } {
  return { share: Math.min(0.99, seconds / asked.timeLimitSeconds) };
}

function Ended({ run }: { run: PlanRun }) {
  const { t } = useTranslation('plan');
  const { format } = useShownSeason();
  const { organisation, role } = useViewer();
  const { end } = useRunActs();
  const { publish } = usePublishing();
  const [, show] = useShownVersion();
  const [asks, ask] = useState(false);
  const { made, state, version, id, base } = run;
  const isManager = organisation.kind === 'administration' && role === 'manager';
  return (
    <>
      {made && (
        <p className="run-progress">
          {t('runs.made', {
            gap: format.percent(made.certificate.gap, 3),
            released: format.count(made.released),
            carried: format.count(made.carried),
          })}
        </p>
      )}
      <div className="version-acts">
        {state === 'done' && isManager && (
          <Button type="primary" onClick={() => ask(true)}>
            {t('publish.ask')}
          </Button>
        )}
        {state === 'done' && !isManager && <span className="note">{t('publish.manager')}</span>}
        {version !== undefined && (
          <Button onClick={() => show(version)}>{t('publish.look', { version })}</Button>
        )}
        {role !== 'viewer' && (
          <Button type="text" onClick={() => end.mutate(id)}>
            {t('runs.forget')}
          </Button>
        )}
      </div>
      {asks && (
        <ReasonBox
          text={t('publish.text', { next: base + 1 })}
          confirm={t('publish.confirm')}
          busy={publish.isPending}
          error={publish.error}
          onConfirm={(reason) =>
            publish.mutate(
              { id, reason },
              {
                onSuccess: () => {
                  ask(false);
                  show();
                },
              },
            )
          }
          onLeave={() => ask(false)}
        />
      )}
    </>
  );
}

function round(x: number): number {
  return Math.round(1000 * x) / 1000;
}
