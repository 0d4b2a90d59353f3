import type { Organisation } from '../../access/principal.js';
import type { PlanSight } from '../../plans/plan-sight.js';
import type { NotedVersion, PlanNote } from '../../postgres/plan-notes.js';
import type { PlanAnswer, Version } from './schema.js';

/* Versions as they are told. */

/** Who made a version, why and of what is for administrations, and for analysts, who plan themselves. */
export function answerVersion(
  { version, base, madeAt, note }: NotedVersion,
  viewer: Organisation,
  sight: PlanSight,
  inForce: number,
): Version {
  const isTold = viewer.kind === 'administration' || sight.part === 'whole';
  return {
    version,
    base,
    madeAt: madeAt.toISOString(),
    inForce: version === inForce,
    hasFiles: note !== undefined,
    ...(note && { gap: note.summary.gap, ...fromOf(note) }),
    ...(note?.restores && { restores: note.restores }),
    ...(note && isTold && { by: authorOf(note), reason: note.reason }),
    ...(note && sight.part === 'whole' && figuresOf(note)),
  };
}

/** Z and L add up what everybody's parcels wait: they are for those who see all. */
export function certificateOf(
  { gap, objective, bound }: PlanNote['summary'],
  { part }: PlanSight,
): PlanAnswer['certificate'] {
  return part === 'whole' ? { gap, objective, bound } : { gap };
}

function figuresOf({ summary }: PlanNote): Partial<Version> {
  const { ready, released, carried, objective, bound, asked } = summary;
  return { ready, released, carried, objective, bound, ...(isAsked(asked) && { asked }) };
}

function fromOf({ summary: { from } }: PlanNote): { from?: number } {
  return typeof from === 'number' ? { from } : {};
}

function authorOf({ organisation, actor }: PlanNote): string {
  return organisation === null ? actor : `${organisation}/${actor}`;
}

function isAsked(asked: unknown): asked is NonNullable<Version['asked']> {
  return typeof asked === 'object' && asked !== null;
}
