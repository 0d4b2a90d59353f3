import type { Organisation } from '../../access/principal.js';
import type { PostgresDatabase } from '../../postgres/connect.js';
import type { Sight } from '../sight.js';
import type { TrackService } from '../track-service.js';
import { type CaptureJob, type CaptureSender, capture, type ErrorBehaviour } from './capture.js';
import { type CaptureJobs, StoredCaptureJobs } from './capture-jobs.js';
import { EpcisCodes } from './codes.js';
import type { EpcisEvent } from './documents.js';
import { type EventLog, PostgresEventLog } from './event-log.js';
import { type EventQuery, filterOf } from './event-query.js';
import { type EventPage, findEvents, findEventsOf } from './find-events.js';
import { readToken, writeToken } from './page-token.js';
import type { EventFault } from './read-events.js';

/** Scans of a season as EPCIS events, in and out. */
export class EpcisDesk {
  readonly #codes = new EpcisCodes();
  readonly #offset: string;

  constructor(
    private readonly service: TrackService,
    private readonly jobs: CaptureJobs,
    private readonly log: EventLog,
  ) {
    this.#offset = /[+-]\d\d:\d\d$/.exec(service.season.scenario.start)?.[0] ?? '+00:00';
  }

  static of(database: PostgresDatabase, service: TrackService): EpcisDesk {
    const { id, logs } = service.season;
    const log = new PostgresEventLog(database.ledger, id, logs);
    return new EpcisDesk(service, new StoredCaptureJobs(database, id), log);
  }

  /** Takes events; keeps and gives the job, or what is wrong with them where none was taken. */
  async capture(
    organisation: string,
    sender: CaptureSender,
    events: readonly EpcisEvent[],
    behaviour: ErrorBehaviour,
  ): Promise<CaptureJob | EventFault[]> {
    const job = await capture(this.service, this.#codes, sender, events, behaviour);
    if ('captureID' in job) await this.jobs.add(organisation, job);
    return job;
  }

  findJob(organisation: string, id: string): Promise<CaptureJob | undefined> {
    return this.jobs.find(organisation, id);
  }

  /**
   * A page of events that a viewer sees, and the token of the next.
   *
   * @throws BadParameter
   */
  async events(
    viewer: Organisation,
    sight: Sight,
    query: EventQuery,
    page: { readonly perPage: number; readonly token?: string },
  ): Promise<Pick<EventPage, 'events'> & { readonly token?: string }> {
    const { season } = this.service;
    const filter = filterOf(query, season, this.#codes, viewer, sight);
    const { pairs, resources } = season.scenario;
    const telling = {
      codes: this.#codes,
      operators: pairs.operators.list(),
      resources: resources.ids,
      offset: this.#offset,
    };
    const { log } = this;
    const asked = { log, network: season.network, telling, filter, perPage: page.perPage };
    const about = [viewer.id, query] as const;
    const numbers = filter.parcels ? 1 : 2 * log.logs;
    const places = page.token === undefined ? undefined : readToken(page.token, about, numbers);
    const { events, next } = filter.parcels
      ? await findEventsOf(asked, this.service, filter.parcels, places?.[0] ?? 0)
      : await findEvents(asked, places);
    return { events, ...(next && { token: writeToken(next, about) }) };
  }
}
