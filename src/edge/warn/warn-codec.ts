import type { Assessment } from '../../warn/warning.js';
import type { WarningBookState } from '../../warn/warning-book.js';

/*
 * Assessments and books as JSON texts. JSON has no number that is none: where nobody assessed, figures are NaN and read
 * null; hours of a resource that sorts nothing are infinite, and read null, too.
 */

export function encodeAssessment(assessment: Assessment): string {
  return JSON.stringify(assessment);
}

export function decodeAssessment(text: string): Assessment {
  return withNumbers(JSON.parse(text));
}

export function encodeBook(state: WarningBookState): string {
  return JSON.stringify(state);
}

export function decodeBook(text: string): WarningBookState {
  const state: WarningBookState = JSON.parse(text);
  const standing = state.standing.map((each) => ({
    ...each,
    warning: { ...each.warning, assessment: withNumbers(each.warning.assessment) },
  }));
  return { ...state, at: state.at ?? Number.NEGATIVE_INFINITY, standing };
}

function withNumbers(assessment: Assessment): Assessment {
  const { chance, floorShare, capacityHours } = assessment;
  return {
    ...assessment,
    chance: chance ?? Number.NaN,
    floorShare: floorShare ?? Number.NaN,
    capacityHours: capacityHours ?? Number.POSITIVE_INFINITY,
  };
}
