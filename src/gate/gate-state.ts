import { Accounts } from './accounts.js';
import { Books } from './books.js';
import { type GateNetwork, lagOf, spanOf } from './gate-network.js';
import type { GatePlan } from './gate-plan.js';
import { Hoarding } from './hoarding.js';
import { OpenShares } from './open-shares.js';
import type { GatePolicy } from './policy.js';
import { Prices } from './prices.js';
import { RequestIndex } from './request-index.js';
import { CANCELLED, ISSUED, LAPSED, REFUSED, Tickets } from './tickets.js';

/** Slots of a season that a ticket can name, in two bytes. */
const SLOTS_MOST = 32_768;

/**
 * What a gate knows, and the only ways in which it changes: one method for each kind of record of the
 * journal. Deciding calls them and replaying calls them, so both come to the same state.
 */
export class GateState {
  /** Milliseconds since 1970. */
  now = Number.NEGATIVE_INFINITY;
  /** The slot of now. */
  nowSlot = Number.NEGATIVE_INFINITY;
  plan: GatePlan | undefined;
  /** First slot whose shares have not lapsed by the clock. */
  sharesDue = 0;
  readonly accounts: Accounts;
  readonly tickets = new Tickets();
  readonly index = new RequestIndex();
  /** Tickets neither confirmed nor picked up, by slot. */
  readonly unconfirmedTickets = new Int32Array(SLOTS_MOST);
  #books: Books | undefined;
  #shares: OpenShares | undefined;
  #hoarding: Hoarding | undefined;
  #prices: Prices | undefined;

  constructor(
    readonly network: GateNetwork,
    readonly policy: GatePolicy,
  ) {
    this.accounts = new Accounts(network);
  }

  get books(): Books {
    if (!this.#books) throw new Error('the gate has no plan yet');
    return this.#books;
  }

  get shares(): OpenShares {
    if (!this.#shares) throw new Error('the gate has no plan yet');
    return this.#shares;
  }

  get hoarding(): Hoarding {
    if (!this.#hoarding) throw new Error('the gate has no plan yet');
    return this.#hoarding;
  }

  get prices(): Prices {
    if (!this.#prices) throw new Error('the gate has no plan yet');
    return this.#prices;
  }

  slotAt(instantMs: number): number {
    return Math.floor((instantMs - this.network.startMs) / this.network.slotMs);
  }

  startOf(slot: number): number {
    return this.network.startMs + slot * this.network.slotMs;
  }

  /** The number among all ways of a way of the account's pair. */
  wayOf(account: number, way: number): number {
    return this.accounts.firstWay(account) + way;
  }

  setClock(now: number): void {
    this.now = now;
    this.nowSlot = this.slotAt(now);
  }

  /** Takes a plan over: tickets stay, shares are new, and those that do not fit beside tickets are cut. */
  adopt(plan: GatePlan): void {
    const books = new Books(this.network, plan.from, plan.capacity);
    if (this.#books) books.carryTickets(this.#books, this.openLoads());
    const shares = new OpenShares(this.accounts, plan.shares, plan.from, plan.slots);
    const hoarding = new Hoarding(this.policy, plan.from, plan.slots, plan.shares);
    if (this.#hoarding) hoarding.carry(this.#hoarding);
    for (let run = 0; run < shares.runs; run++) {
      if (shares.slot(run) < this.sharesDue) shares.setLeft(run, 0);
      else if (shares.left(run) > 0) {
        const way = this.wayOf(shares.account(run), shares.way(run));
        books.share(way, shares.slot(run), shares.left(run));
      }
    }
    this.plan = plan;
    this.#books = books;
    this.#shares = shares;
    this.#hoarding = hoarding;
    this.#prices = new Prices(plan, books);
    for (let entry = 0; entry < books.entries; entry++) this.#cutShares(entry);
  }

  setCapacity(resource: number, slot: number, capacity: number): void {
    const entry = this.books.entryOf(resource, slot);
    this.books.setCapacity(entry, capacity);
    this.#cutShares(entry);
  }

  /** What nobody drew of a slot's shares becomes free (G5). */
  lapseShares(slot: number): void {
    this.sharesDue = slot + 1;
    if (!this.#shares) return;
    for (const run of this.#shares.ofSlot(slot)) this.#shrinkShare(run, 0);
  }

  /** Writes down that a request is answered, by tickets from this row on. */
  openRequest(shelf: number, mark: number): void {
    this.index.add(shelf, mark, this.tickets.size);
  }

  /** A ticket, drawn on a run of the shares or, with −1, on free capacity. Gives its row. */
  issue(
    account: number,
    run: number,
    slot: number,
    way: number,
    parcels: number,
    ready: number,
  ): number {
    if (run < 0) this.books.ticket(this.wayOf(account, way), slot, parcels);
    else this.shares.draw(run, parcels);
    this.hoarding.add(this.accounts.shipper(account), slot, parcels);
    this.unconfirmedTickets[slot] += 1;
    return this.tickets.add(account, slot, ready, way, parcels, ISSUED);
  }

  refuse(account: number, ready: number): number {
    return this.tickets.add(account, 0, Math.min(ready, SLOTS_MOST - 1), 0, 0, REFUSED);
  }

  /** A ticket is confirmed, picked up, cancelled or lapsed. */
  setTicket(row: number, state: number): void {
    const { tickets } = this;
    const slot = tickets.slot(row);
    if (tickets.state(row) === ISSUED) this.#noLongerUnconfirmed(row, slot);
    if (state === CANCELLED || state === LAPSED) {
      const way = this.wayOf(tickets.account(row), tickets.way(row));
      this.books.giveBack(way, slot, tickets.parcels(row));
    }
    tickets.setState(row, state);
  }

  /** A ticket moves to another slot or way (G7, G8). */
  move(row: number, slot: number, way: number): void {
    const { tickets, books } = this;
    const account = tickets.account(row);
    const parcels = tickets.parcels(row);
    books.giveBack(this.wayOf(account, tickets.way(row)), tickets.slot(row), parcels);
    books.ticket(this.wayOf(account, way), slot, parcels);
    if (tickets.state(row) === ISSUED) {
      this.#noLongerUnconfirmed(row, tickets.slot(row));
      this.hoarding.add(this.accounts.shipper(account), slot, parcels);
      this.unconfirmedTickets[slot] += 1;
    }
    tickets.move(row, slot, way);
  }

  #noLongerUnconfirmed(row: number, slot: number): void {
    const shipper = this.accounts.shipper(this.tickets.account(row));
    this.hoarding.add(shipper, slot, -this.tickets.parcels(row));
    this.unconfirmedTickets[slot] -= 1;
  }

  /** What shares not yet drawn would load, per entry of the books. */
  openLoads(): Int32Array {
    const { books, shares, network } = this;
    const { start, step } = network.loads;
    const open = new Int32Array(books.entries);
    for (let run = 0; run < shares.runs; run++) {
      const parcels = shares.left(run);
      if (parcels === 0) continue;
      const way = this.wayOf(shares.account(run), shares.way(run));
      for (let i = start[way]; i < start[way + 1]; i++) {
        const first = books.entryOf(step[2 * i], shares.slot(run) + lagOf(step[2 * i + 1]));
        const end = first + spanOf(step[2 * i + 1]);
        for (let entry = first; entry < end; entry++) open[entry] += parcels;
      }
    }
    return open;
  }

  /**
   * Cuts the shares that load an entry in proportion until they fit beside its tickets: n becomes
   * ⌊n · max(0, capacity − ticketed) / open⌋, so that equal shares stay equal (G10).
   */
  #cutShares(entry: number): void {
    const { books, shares } = this;
    if (books.free(entry) >= 0) return;
    const runs: number[] = [];
    let open = 0;
    this.#eachShare(entry, (run, times) => {
      runs.push(run);
      open += times * shares.left(run);
    });
    const left = Math.max(0, books.free(entry) + open);
    for (const run of runs) this.#shrinkShare(run, Math.floor((shares.left(run) * left) / open));
  }

  /** Visits the runs with something left that load an entry, and how often each does. */
  #eachShare(entry: number, visit: (run: number, times: number) => void): void {
    const { books, shares } = this;
    const resource = books.resourceOf(entry);
    const slot = books.slotOf(entry);
    for (let lag = this.network.tail; lag >= 0; lag--) {
      for (const run of shares.ofSlot(slot - lag)) {
        if (shares.left(run) === 0) continue;
        const way = this.wayOf(shares.account(run), shares.way(run));
        const times = books.timesLoaded(way, resource, lag);
        if (times > 0) visit(run, times);
      }
    }
  }

  #shrinkShare(run: number, parcels: number): void {
    const { shares } = this;
    const cut = shares.left(run) - parcels;
    if (cut === 0) return;
    const way = this.wayOf(shares.account(run), shares.way(run));
    this.books.share(way, shares.slot(run), -cut);
    shares.setLeft(run, parcels);
  }
}
