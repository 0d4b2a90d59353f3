import { type GateNetwork, pairOf } from './gate-network.js';

// Words of an account, side by side, for they are read together.
const WORDS = 4;
const SHIPPER = 0;
const FLOW = 1;
const WAY = 2; // first way of the flow's pair, −1 where it has none
const RUN = 3; // where its shares begin (open-shares.ts)

/** Places beyond the accounts: half as many again to three times, so that a search is short. */
const LOAD_MOST = 2 / 3;

/**
 * Accounts: the (shipper, flow) that a plan has shares for or that ever asked, numbered in order of first
 * appearance and never forgotten, for tickets name them. 28 to 48 bytes each.
 */
export class Accounts {
  size = 0;
  /** Kept so that reading ahead is not optimised away. */
  seen = 0;
  #of = new Int32Array(64 * WORDS);
  /**
   * Pairs (hash, account + 1), 0 where none, at the high bits of the hash or behind: the hash saves reading accounts
   * that are others, and a larger table is filled from left to right.
   */
  #place = new Int32Array(2 * 128);
  #shift = 25;

  constructor(private readonly network: GateNetwork) {}

  shipper(account: number): number {
    return this.#of[WORDS * account + SHIPPER];
  }

  flow(account: number): number {
    return this.#of[WORDS * account + FLOW];
  }

  /** The first way of the account's pair, by rising cost (gate-network.ts); −1 where it has none. */
  firstWay(account: number): number {
    return this.#of[WORDS * account + WAY];
  }

  /** The account's first share that may have something left, −1 where it has none. */
  run(account: number): number {
    return this.#of[WORDS * account + RUN];
  }

  setRun(account: number, run: number): void {
    this.#of[WORDS * account + RUN] = run;
  }

  /** Shipper and flow of each account. */
  words(): Int32Array {
    const words = new Int32Array(2 * this.size);
    for (let account = 0; account < this.size; account++) {
      words[2 * account] = this.shipper(account);
      words[2 * account + 1] = this.flow(account);
    }
    return words;
  }

  /**
   * The numbers of many accounts, −1 where there is none, into `to`. Each loop reads memory and does little else,
   * so that its reads wait all at once.
   */
  findAll(
    shipper: Int32Array,
    flow: Int32Array,
    from: number,
    until: number,
    to: Int32Array,
  ): void {
    const place = this.#place;
    const of = this.#of;
    const shift = this.#shift;
    for (let i = from; i < until; i++) to[i] = 2 * (hashOf(shipper[i], flow[i]) >>> shift);
    let seen = 0;
    for (let i = from; i < until; i++) seen |= place[to[i]];
    for (let i = from; i < until; i++) {
      const hash = hashOf(shipper[i], flow[i]);
      let at = to[i];
      while (place[at] !== hash && place[at + 1] !== 0) at = this.#after(at);
      to[i] = place[at + 1] - 1;
    }
    for (let i = from; i < until; i++) seen |= of[WORDS * Math.max(0, to[i])];
    this.seen = seen;
    for (let i = from; i < until; i++) {
      const at = WORDS * to[i];
      const isOther = at >= 0 && (of[at + FLOW] !== flow[i] || of[at + SHIPPER] !== shipper[i]);
      if (isOther) to[i] = this.find(shipper[i], flow[i]);
    }
  }

  /** The account's number, or −1. */
  find(shipper: number, flow: number): number {
    return this.#place[this.#probe(shipper, flow) + 1] - 1;
  }

  /** The account's number; a new one if there was none. */
  open(shipper: number, flow: number): number {
    const at = this.#probe(shipper, flow);
    if (this.#place[at + 1] > 0) return this.#place[at + 1] - 1;
    if (this.size + 1 > (LOAD_MOST * this.#place.length) / 2) {
      this.#widen();
      return this.open(shipper, flow);
    }
    if (WORDS * this.size === this.#of.length) {
      const of = new Int32Array(WORDS * Math.ceil(1.5 * this.size));
      of.set(this.#of);
      this.#of = of;
    }
    const { wayStart } = this.network;
    const pair = pairOf(this.network, flow);
    this.#of[WORDS * this.size + SHIPPER] = shipper;
    this.#of[WORDS * this.size + FLOW] = flow;
    this.#of[WORDS * this.size + WAY] = wayStart[pair] < wayStart[pair + 1] ? wayStart[pair] : -1;
    this.#of[WORDS * this.size + RUN] = -1;
    this.#place[at] = hashOf(shipper, flow);
    this.#place[at + 1] = ++this.size;
    return this.size - 1;
  }

  /** Where the account stands, or would. */
  #probe(shipper: number, flow: number): number {
    const place = this.#place;
    const hash = hashOf(shipper, flow);
    let at = 2 * (hash >>> this.#shift);
    for (; place[at + 1] !== 0; at = this.#after(at)) {
      const account = place[at + 1] - 1;
      const isAlike = place[at] === hash;
      if (isAlike && this.flow(account) === flow && this.shipper(account) === shipper) break;
    }
    return at;
  }

  #after(at: number): number {
    return (at + 2) & (this.#place.length - 1);
  }

  /** Twice the places. */
  #widen(): void {
    const before = this.#place;
    this.#place = new Int32Array(2 * before.length);
    this.#shift -= 1;
    for (let i = 0; i < before.length; i += 2) {
      if (before[i + 1] === 0) continue;
      let at = 2 * (before[i] >>> this.#shift);
      while (this.#place[at + 1] !== 0) at = this.#after(at);
      this.#place[at] = before[i];
      this.#place[at + 1] = before[i + 1];
    }
  }
}

function hashOf(shipper: number, flow: number): number {
  const sum = Math.imul(flow, -1640531535) ^ Math.imul(shipper, -2048144777);
  return Math.imul(sum ^ (sum >>> 15), 0x2c1b3c6d);
}
