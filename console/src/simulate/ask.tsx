import { Alert, Button, Checkbox, InputNumber, Segmented } from 'antd';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CallProblem } from '../api/client.ts';
import type { AskedSimulation, SimulationSummary } from '../api/simulations.ts';
import { isOpen, useStart } from '../api/simulations.ts';
import { useViewer } from '../frame/session.tsx';
import { POLICIES, type Policy } from './policies.ts';

const FIRST: AskedSimulation = {
  policies: ['at-once', 'throttle', 'first-served', 'plan'],
  seed: 1,
  runs: 1,
  surprises: 'ordinary',
};
const LEVELS = ['none', 'ordinary', 'hard'] as const;
/** As the API has it. */
const RUNS_MOST = 20;
const SEED_MOST = 999_999;

interface AskProps {
  readonly simulations: readonly SimulationSummary[];
  /** One is running, perhaps of others. */
  readonly busy: boolean;
  readonly show: (id: string) => void;
}

/** What to simulate, and the button that starts it. */
export function Ask({ simulations, busy, show }: AskProps) {
  const { t } = useTranslation('simulate');
  const [asked, setAsked] = useState<AskedSimulation>(simulations[0]?.asked ?? FIRST);
  const start = useStart(show);
  const change = (part: Partial<AskedSimulation>) => setAsked({ ...asked, ...part });
  const isViewer = useViewer().role === 'viewer';
  const reason = whyNot(asked, simulations, busy, isViewer);
  return (
    <section className="card" aria-labelledby="ask">
      <h2 id="ask">{t('ask.title')}</h2>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          start.mutate(asked);
        }}
      >
        <Policies chosen={asked.policies} choose={(policies) => change({ policies })} />
        <Surprises level={asked.surprises} choose={(surprises) => change({ surprises })} />
        <Runs {...{ asked, change }} />
        <div className="ask-start">
          <Button
            type="primary"
            size="large"
            htmlType="submit"
            loading={start.isPending}
            disabled={reason !== undefined}
          >
            {t('ask.start')}
          </Button>
          <span className="note">{reason && t(reason)}</span>
        </div>
        {start.error && <Refused error={start.error} />}
      </form>
    </section>
  );
}

/** What keeps one from starting it. */
function whyNot(
  { policies }: AskedSimulation,
  simulations: readonly SimulationSummary[],
  busy: boolean,
  isViewer: boolean,
) {
  if (isViewer) return 'ask.viewer';
  if (policies.length === 0) return 'ask.none';
  if (simulations.some(isOpen)) return 'ask.busy';
  return busy ? 'ask.busyElsewhere' : undefined;
}

interface PoliciesProps {
  readonly chosen: readonly Policy[];
  readonly choose: (policies: Policy[]) => void;
}

function Policies({ chosen, choose }: PoliciesProps) {
  const { t } = useTranslation('simulate');
  const toggle = (policy: Policy, on: boolean) =>
    choose(POLICIES.filter((each) => (each === policy ? on : chosen.includes(each))));
  return (
    <fieldset className="ask-field ask-policies">
      <legend>{t('ask.policies')}</legend>
      {POLICIES.map((policy) => (
        <Checkbox
          key={policy}
          checked={chosen.includes(policy)}
          onChange={({ target }) => toggle(policy, target.checked)}
        >
          {t(`policy.${policy}`)}
          <small>{t(`policy.${policy}.text`)}</small>
        </Checkbox>
      ))}
    </fieldset>
  );
}

interface SurprisesProps {
  readonly level: AskedSimulation['surprises'];
  readonly choose: (level: AskedSimulation['surprises']) => void;
}

function Surprises({ level, choose }: SurprisesProps) {
  const { t } = useTranslation('simulate');
  return (
    <div className="ask-field">
      <span className="ask-name">{t('ask.surprises')}</span>
      <div>
        <Segmented
          aria-label={t('ask.surprises')}
          value={level}
          onChange={choose}
          options={LEVELS.map((value) => ({ value, label: t(`surprises.${value}`) }))}
        />
        <p className="note">{t(`surprises.${level}.text`)}</p>
      </div>
    </div>
  );
}

interface RunsProps {
  readonly asked: AskedSimulation;
  readonly change: (part: Partial<AskedSimulation>) => void;
}

function Runs({ asked, change }: RunsProps) {
  const { t } = useTranslation('simulate');
  const [seed, runs] = [useId(), useId()];
  return (
    <div className="ask-pair">
      <div className="ask-field">
        <label htmlFor={seed}>{t('ask.seed')}</label>
        <div>
          <InputNumber
            id={seed}
            min={0}
            max={SEED_MOST}
            precision={0}
            value={asked.seed}
            onChange={(value) => value !== null && change({ seed: value })}
          />{' '}
          <Button onClick={() => change({ seed: (asked.seed + asked.runs) % SEED_MOST })}>
            {t('ask.seed.other')}
          </Button>
          <p className="note">{t('ask.seed.text')}</p>
        </div>
      </div>
      <div className="ask-field">
        <label htmlFor={runs}>{t('ask.runs')}</label>
        <div>
          <InputNumber
            id={runs}
            min={1}
            max={RUNS_MOST}
            precision={0}
            value={asked.runs}
            onChange={(value) => value !== null && change({ runs: value })}
          />
          <p className="note">{t('ask.runs.text', { most: RUNS_MOST })}</p>
        </div>
      </div>
    </div>
  );
}

const CONFLICT = 409;

function Refused({ error }: { error: Error }) {
  const { t } = useTranslation('simulate');
  const frame = useTranslation('frame');
  const isBusy = error instanceof CallProblem && error.status === CONFLICT;
  const detail = error instanceof CallProblem ? error.message : frame.t('error.unreachable');
  return (
    <Alert type="error" showIcon title={isBusy ? t('ask.busy') : t('ask.failed', { detail })} />
  );
}
