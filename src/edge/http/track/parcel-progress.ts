import { KINDS } from '../../../track/scans.js';
import { BadCursor } from '../../gate/gate-service.js';
import { type ParcelProgress, Progress, type ProgressCursor } from '../../track/progress.js';
import type { TrackSeason } from '../../track/track-season.js';
import type { TrackContext } from './context.js';
import { wordsOfHashes } from './own-parcel-lines.js';

/** GET /v1/parcels: all of an organisation's parcels counted, and a page of those on their way. */
export async function readProgress(
  { own, service }: TrackContext,
  organisation: string,
  limit: number,
  after: ProgressCursor | undefined,
): Promise<object> {
  const { season } = service;
  const now = season.timing.now();
  const progress = new Progress(limit + 1, after, now);
  for await (const page of own.read(organisation)) {
    progress.add(page, await service.states(wordsOfHashes(page.map(({ parcel }) => parcel))));
  }
  const first = progress.first();
  const items = first.slice(0, limit);
  const last = items.at(-1);
  const [declared, ...byKind] = progress.counts;
  return {
    at: new Date(now).toISOString(),
    counts: { declared, ...Object.fromEntries(KINDS.map((kind, k) => [kind, byKind[k]])) },
    late: progress.late,
    items: items.map((item) => viewOf(service.season, item, progress.isLate(item.since))),
    ...(first.length > limit && last && { next: cursorOf(last) }),
  };
}

function viewOf(
  { scenario }: TrackSeason,
  { operator, parcel, ticket, kind, resource, to, since }: ParcelProgress,
  late: boolean,
): object {
  const { ids } = scenario.resources;
  return {
    parcel: parcel.toString('base64url'),
    operator,
    ticket,
    state: kind === 0 ? 'declared' : KINDS[kind - 1],
    since: new Date(since).toISOString(),
    ...(kind > 0 && { resource: ids.get(resource) }),
    ...(kind > 0 && to >= 0 && { to: ids.get(to) }),
    late,
  };
}

function cursorOf({ since, parcel }: ProgressCursor): string {
  return `${since}.${parcel.toString('base64url')}`;
}

/** @throws BadCursor */
export function parseCursor(text: string): ProgressCursor {
  const [, since, hash] = /^(\d{1,16}(?:\.\d{1,6})?)\.([\w-]{22})$/.exec(text) ?? [];
  if (since === undefined) throw new BadCursor();
  return { since: Number(since), parcel: Buffer.from(hash, 'base64url') };
}
