import { At, REQUEST_WORDS, TICKET_WORDS } from '../../certify/gate/ledger-entry.js';
import type { LedgerFaults } from '../../certify/gate/ledger-report.js';
import { pairWays } from '../../certify/gate/pair-ways.js';
import type { Decided } from '../../certify/gate/recount.js';
import type { Scenario } from '../../network/scenario.js';
import type { Platform } from './platform.js';
import { asReceipt, HASH_START, hashed, REFUSAL } from './receipts.js';
import { DIGITS, ID_BYTES } from './request-pool.js';

/**
 * Holds what platforms were told against the ledger (P3): every ticket received is there, with the same slot, route and
 * parcels. It writes the tickets of a record as answers have them, with no code of the gate, and compares hashes of 32
 * bits.
 */
export class ReceiptCheck {
  readonly #ways: ReturnType<typeof pairWays>;
  readonly #slots: string[] = [];
  readonly #startMs: number;
  readonly #offset: string;
  #text = Buffer.alloc(1 << 12);
  /** Requests of this run in the ledger. */
  found = 0;
  readonly #different: { readonly decided: Decided; readonly id: string }[] = [];
  #differ = 0;

  constructor(
    private readonly scenario: Scenario,
    private readonly run: string,
    private readonly platforms: readonly Platform[],
  ) {
    this.#ways = pairWays(scenario);
    this.#startMs = Date.parse(scenario.start);
    this.#offset = /(Z|[+-]\d\d:\d\d)$/.exec(scenario.start)?.[0] ?? 'Z';
  }

  /** A decision of the ledger. */
  see(decided: Decided): void {
    const { ids, start, end, words, at } = decided;
    if (end - start !== ID_BYTES) return;
    const id = String.fromCharCode(...ids.subarray(start, end));
    if (!id.startsWith(this.run)) return;
    this.found += 1;
    const platform = this.platforms[Number(id.slice(9, 11))];
    const number = Number(id.slice(-DIGITS));
    const receipt = platform?.receipts.tickets(number) ?? 0;
    if (receipt === 0) return;
    platform.receipts.settle(number);
    const own = words[at + At.tickets] === 0 ? REFUSAL : this.#hash(decided, id);
    if (own === receipt) return;
    this.#differ += 1;
    if (this.#different.length < 10) this.#different.push({ decided, id });
  }

  /** After the last: what was received and not found is a fault. */
  end(faults: LedgerFaults): void {
    for (const { decided, id } of this.#different) {
      const { shard, seq } = decided;
      faults.add('not-in-ledger', shard, seq, () => `${id}: the ledger has other tickets`);
    }
    for (let i = this.#different.length; i < this.#differ; i++) {
      faults.add('not-in-ledger', -1, 0, () => 'the ledger has other tickets');
    }
    this.platforms.forEach((platform, p) => {
      for (const number of platform.receipts.open()) {
        faults.add('not-in-ledger', -1, 0, () => `request ${number} of platform ${p}`);
      }
      for (let i = 0; i < platform.told.contradictions; i++) {
        faults.add('decided-twice', -1, 0, () => `platform ${p} was told two things`);
      }
    });
  }

  #hash({ shard, words, at }: Decided, id: string): number {
    const pair = Math.floor(words[at + At.flow] / this.scenario.services.length);
    let text = `{"id":"${id}","status":"ticketed","tickets":[`;
    for (let k = 0; k < words[at + At.tickets]; k++) {
      const i = at + REQUEST_WORDS + TICKET_WORDS * k;
      const route = this.#ways.route[this.#ways.start[pair] + words[i + 2]];
      const routeId = JSON.stringify(this.scenario.routes.ids.get(route));
      text += `${k > 0 ? ',' : ''}{"ticket":"T${shard}-${words[at + At.row] + k}",`;
      text += `${this.#slot(words[i + 1])},"route":${routeId},"parcels":${words[i + 3]}}`;
    }
    const most = 3 * text.length;
    if (most > this.#text.length) this.#text = Buffer.alloc(2 * most);
    const length = this.#text.write(text);
    return asReceipt(hashed(HASH_START, this.#text, 0, length));
  }

  #slot(slot: number): string {
    this.#slots[slot] ??= `"slotStart":"${this.#start(slot)}","slotEnd":"${this.#start(slot + 1)}"`;
    return this.#slots[slot];
  }

  #start(slot: number): string {
    const local = /^([+-])(\d\d):(\d\d)$/.exec(this.#offset);
    const minutes = local ? Number(local[2]) * 60 + Number(local[3]) : 0;
    const shift = (local?.[1] === '-' ? -1 : 1) * minutes;
    const ms = this.#startMs + 60_000 * (slot * this.scenario.slotMinutes + shift);
    return `${new Date(ms).toISOString().slice(0, 19)}${this.#offset}`;
  }
}
