import { createContext, type ReactNode, useContext } from 'react';
import type { PlanAnswer } from '../../../src/edge/http/schema.ts';
import { usePlan } from '../api/queries.ts';
import { Answer } from '../frame/states.tsx';

const PlanContext = createContext<PlanAnswer | undefined>(undefined);

/** The plan on show. */
export function useShownPlan(): PlanAnswer {
  const plan = useContext(PlanContext);
  if (!plan) throw new Error('no plan above this part of the page');
  return plan;
}

/** Asks for the plan, and shows what is in it when it is there. */
export function WithPlan({ children }: { children: ReactNode }) {
  return (
    <Answer query={usePlan()}>
      {(plan) => <PlanContext value={plan}>{children}</PlanContext>}
    </Answer>
  );
}
