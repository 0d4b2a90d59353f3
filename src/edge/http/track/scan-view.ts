import type { ScanRecordView } from '../../../track/parcel-life.js';
import { KINDS } from '../../../track/scans.js';
import type { TrackSeason } from '../../track/track-season.js';

/** A scan as it was kept, by names; without what was not known. */
export function scanView({ scenario }: TrackSeason, scan: ScanRecordView): object {
  const { resources, pairs } = scenario;
  const { at, kind, operator, resource, to, attributes } = scan;
  return {
    ...(operator >= 0 && { operator: pairs.operators.get(operator) }),
    ...(kind > 0 && { kind: KINDS[kind - 1] }),
    ...(resource >= 0 && { resource: resources.ids.get(resource) }),
    ...(to >= 0 && { to: resources.ids.get(to) }),
    at: new Date(at).toISOString(),
    ...(attributes !== '' && { attributes: JSON.parse(attributes) }),
  };
}
