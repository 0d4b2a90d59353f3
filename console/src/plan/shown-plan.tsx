import { Button, Empty } from 'antd';
import { createContext, type ReactNode, useContext } from 'react';
import { useTranslation } from 'react-i18next';
import type { Cohort, Plan } from '../../../src/client/api.ts';
import type { HoldsQuery } from '../../../src/edge/http/plan/schema.ts';
import { CallProblem } from '../api/client.ts';
import * as plans from '../api/plans.ts';
import { useAddress } from '../frame/address.ts';
import { Answer } from '../frame/states.tsx';
import { useShownSeason } from '../words/season.tsx';

const PlanContext = createContext<Plan | undefined>(undefined);

/** The version on show. */
export function useShownPlan(): Plan {
  const plan = useContext(PlanContext);
  if (!plan) throw new Error('no plan above this part of the page');
  return plan;
}

/** The version that the address names, else the one in force; undefined while there is none. */
export function useShownVersion(): [number | undefined, (version?: number) => void] {
  const { plan } = useShownSeason();
  const [text, set] = useAddress('version');
  const asked = /^[1-9]\d{0,8}$/.test(text ?? '') ? Number(text) : undefined;
  return [asked ?? plan ?? undefined, (next) => set(next === undefined ? undefined : `${next}`)];
}

/** Asks for the version on show, and shows what is in it when it is there; where there is none, says so above `otherwise`. */
export function WithPlan({ children, otherwise }: { children: ReactNode; otherwise: ReactNode }) {
  const { t } = useTranslation('plan');
  const [version, show] = useShownVersion();
  const query = plans.usePlan(version);
  if (version === undefined) {
    return (
      <>
        <Nothing title={t('none.title')} text={t('none.text')} />
        {otherwise}
      </>
    );
  }
  if (query.error instanceof CallProblem && query.error.status === 404) {
    return (
      <>
        <Nothing title={t('gone.title', { version })} text={t('gone.text')}>
          <Button onClick={() => show()}>{t('gone.back')}</Button>
        </Nothing>
        {otherwise}
      </>
    );
  }
  return (
    <Answer query={query}>{(plan) => <PlanContext value={plan}>{children}</PlanContext>}</Answer>
  );
}

function Nothing(props: { title: string; text: string; children?: ReactNode }) {
  return (
    <section className="card">
      <Empty
        image={Empty.PRESENTED_IMAGE_SIMPLE}
        description={
          <>
            <strong>{props.title}</strong>
            <br />
            {props.text}
          </>
        }
      >
        {props.children}
      </Empty>
    </section>
  );
}

/* Questions about the version on show. */

export const useMap = (kind: string) => plans.usePlanMap(useVersion(), kind);
export const useResources = (kind: string) => plans.usePlannedResources(useVersion(), kind);
export const useLoads = (id: string | undefined) => plans.usePlannedLoads(useVersion(), id);
export const useHolds = (by: HoldsQuery['by']) => plans.usePlanHolds(useVersion(), by);
export const useCostlyHolds = () => plans.useCostlyHolds(useVersion());
export const useExplanation = (cohort: Cohort) => plans.useExplanation(useVersion(), cohort);

function useVersion(): number {
  return useShownPlan().version.version;
}
