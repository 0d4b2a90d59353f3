import type { Principal } from '../../access/principal.js';
import type { ScanNames } from '../../track/scan-names.js';
import { scopeOfSender } from '../../track/track-season.js';
import type { TrackService } from '../../track/track-service.js';

/** Senders whose scope is kept: some hundred kilobytes each. */
const KEPT_MOST = 500;

/** Who sends scans, as batches name them. */
export interface Sender {
  /** Number of the source. */
  readonly source: number;
  /** What its scans may name. */
  readonly names: ScanNames;
}

/** Senders by organisation, made once for all their calls. */
export class Senders {
  readonly #kept = new Map<string, Promise<Sender>>();

  constructor(private readonly service: Pick<TrackService, 'season' | 'sourceOf'>) {}

  of(principal: Principal): Promise<Sender> {
    const { id, region, operator } = principal.organisation;
    const key = JSON.stringify([id, region, operator]);
    const sender = this.#kept.get(key) ?? this.#make(principal);
    this.#kept.delete(key);
    this.#kept.set(key, sender);
    sender.catch(() => this.#kept.delete(key));
    if (this.#kept.size > KEPT_MOST) {
      const [oldest] = this.#kept.keys();
      this.#kept.delete(oldest);
    }
    return sender;
  }

  async #make(principal: Principal): Promise<Sender> {
    const { season } = this.service;
    const source = await this.service.sourceOf(principal.organisation.id);
    return { source, names: { ...season.names, scope: scopeOfSender(season, principal) } };
  }
}
