import { pairOf, serviceOf } from '../../gate/gate-network.js';
import { doubleAt, HEADER, Header, TICKET } from '../../gate/journal.js';
import type { BatchAnswers, TicketNow } from '../../gate/owner/batch-answers.js';
import { CONFLICT, REASONS, Reason, type ReasonCode, UNANSWERED } from '../../gate/requests.js';
import { CANCELLED, CONFIRMED, ISSUED, LAPSED, PICKED_UP } from '../../gate/tickets.js';
import type { ItemFault, TicketView } from './gate-service.js';
import type { SeasonNames } from './season-names.js';

/** A ticket's number for shippers: its shard and row. */
export function ticketId(shard: number, row: number): string {
  return `T${shard}-${row}`;
}

/** Shard and row of a ticket's number, if the text is one. */
export function parseTicketId(text: string): { shard: number; row: number } | undefined {
  const match = /^T(\d{1,5})-(\d{1,10})$/.exec(text);
  return match ? { shard: Number(match[1]), row: Number(match[2]) } : undefined;
}

/** What a ticket's state is called in answers. */
export const STATE_NAMES: Readonly<Record<number, TicketView['state']>> = {
  [ISSUED]: 'issued',
  [CONFIRMED]: 'confirmed',
  [PICKED_UP]: 'pickedUp',
  [CANCELLED]: 'cancelled',
  [LAPSED]: 'lapsed',
};

const encoder = new TextEncoder();
/** Texts of reasons kept: some tens of megabytes at most. */
const REASONS_KEPT = 100_000;

/** What reasons are called in answers (G9). */
const CODES: Readonly<Record<ReasonCode, string>> = {
  none: 'none',
  binds: 'binds',
  share: 'share',
  hoarding: 'hoarding',
  noSlot: 'no-slot',
  beyondHorizon: 'beyond-horizon',
  noRoute: 'no-route',
};

/** JSON text of the result of an item that is no request. */
export function faultText({ id, code, field, text }: ItemFault): string {
  return JSON.stringify({
    ...(id === undefined ? {} : { id }),
    status: 'error',
    error: { code, ...(field === undefined ? {} : { field }), text },
  });
}

/**
 * JSON texts of results (docs/spec/gate.md). A decision's text is a function of its record alone, so that a repeat
 * reads the same, byte for byte (G2); `current` stands behind it where tickets have changed since.
 */
export class ResultTexts {
  /** Reasons by code, binding entry and service, of one plan version: prices are the plan's. */
  readonly #reasons = new Map<number, Uint8Array>();
  #reasonsOf = -1;

  constructor(
    private readonly names: SeasonNames,
    private readonly shard: number,
  ) {}

  /** Result i of a batch, for the request that the shipper called `id`. */
  ofAnswer(answers: BatchAnswers, i: number, id: string): string {
    const at = answers.at[i];
    if (at >= 0) return this.ofRecord(answers.words, at, id, answers.changed.get(i));
    return faultText({ id, ...(NO_DECISION[answers.status[i]] ?? NO_DECISION[UNANSWERED]) });
  }

  /** @param changed tickets as they are, where they are not as they were given. */
  ofRecord(words: Int32Array, at: number, id: string, changed?: readonly TicketNow[]): string {
    const count = words[at + Header.tickets];
    const head = `{"id":${JSON.stringify(id)},`;
    if (count === 0) return `${head}"status":"refused","reason":${this.reason(words, at)}}`;
    const row = words[at + Header.row];
    const pair = pairOf(this.names.network, words[at + Header.flow]);
    let text = `${head}"status":"ticketed","tickets":[`;
    for (let k = 0; k < count; k++) {
      const ticket = at + HEADER + k * TICKET;
      if (k > 0) text += ',';
      text += this.#ticket(row + k, words[ticket + 1], pair, words[ticket + 2]);
      text += `,"parcels":${words[ticket + 3]}}`;
    }
    text += `],"plan":${words[at + Header.version]}`;
    if (words[at + Header.code] !== Reason.none) text += `,"reason":${this.reason(words, at)}`;
    if (changed) text += `,"current":${this.#current(pair, changed)}`;
    return `${text}}`;
  }

  #ticket(row: number, slot: number, pair: number, way: number): string {
    const { names } = this;
    const route = names.network.wayRoute[names.network.wayStart[pair] + way];
    return `{"ticket":"${ticketId(this.shard, row)}",${names.slotText(slot)},${names.routeText(route)}`;
  }

  #current(pair: number, tickets: readonly TicketNow[]): string {
    const texts = tickets.map(
      ({ row, slot, way, parcels, state }) =>
        `${this.#ticket(row, slot, pair, way)},"parcels":${parcels},"state":"${STATE_NAMES[state]}"}`,
    );
    return `[${texts.join(',')}]`;
  }

  /** JSON text of a record's reason (G9). */
  reason(words: Int32Array, at: number): string {
    const code = REASONS[words[at + Header.code]];
    const resource = words[at + Header.resource];
    const binding =
      resource < 0
        ? undefined
        : {
            resource: this.names.resourceId(resource),
            slotStart: this.names.slotStart(words[at + Header.slot]),
            price: doubleAt(words, at + Header.price),
          };
    return JSON.stringify({ code: CODES[code], text: this.#sentence(code, words, at), ...binding });
  }

  /** The same in UTF-8, made once for what it depends on: on a bad night most answers have the same few reasons. */
  reasonBytes(words: Int32Array, at: number): Uint8Array {
    const { services } = this.names.network;
    const slots = 1 + this.names.scenario.slots + this.names.network.tail;
    const binding = (words[at + Header.resource] + 1) * slots + words[at + Header.slot] + 1;
    const service = words[at + Header.flow] % services.length;
    const key = (binding * services.length + service) * REASONS.length + words[at + Header.code];
    if (words[at + Header.version] !== this.#reasonsOf || this.#reasons.size > REASONS_KEPT) {
      this.#reasons.clear();
      this.#reasonsOf = words[at + Header.version];
    }
    let bytes = this.#reasons.get(key);
    if (!bytes) {
      bytes = encoder.encode(this.reason(words, at));
      this.#reasons.set(key, bytes);
    }
    return bytes;
  }

  /** The reason as a sentence, with plan version and what binds. */
  #sentence(code: ReasonCode, words: Int32Array, at: number): string {
    const resource = words[at + Header.resource];
    const plan = `plan ${words[at + Header.version]}`;
    if (code === 'hoarding')
      return 'Too many tickets unconfirmed in an earlier slot (G5): confirm or cancel some.';
    if (code === 'share')
      return `The shipper's share in ${plan} begins later; nothing binds earlier (G4).`;
    if (code === 'noSlot')
      return `No slot from ready to the last one wanted has room (G4), by ${plan}.`;
    if (code === 'beyondHorizon')
      return `Ready after the end of ${plan} (G11): ask again when a later plan is in force.`;
    if (code === 'noRoute') return 'The operator has no route from there to here (G4).';
    if (resource < 0) return `No room where it is ready, by ${plan} (G4).`;
    const price = Number(doubleAt(words, at + Header.price).toPrecision(4));
    const from = this.names.slotStart(words[at + Header.slot]);
    const weight = serviceOf(this.names.network, words[at + Header.flow]).weight;
    return `${this.names.resourceId(resource)} binds in the slot from ${from}, by ${plan}: one parcel more there costs ${price} (a slot's holding costs ${weight}).`;
  }
}

/** Of requests without a decision: why, by status. */
const NO_DECISION: Readonly<Record<number, { code: string; field?: string; text: string }>> = {
  [CONFLICT]: {
    code: 'conflict',
    field: 'id',
    text: 'The id was used for another request (G2): a new request has a new id.',
  },
  [UNANSWERED]: {
    code: 'no-plan',
    text: 'There is no plan in force yet: ask again when there is one.',
  },
};
