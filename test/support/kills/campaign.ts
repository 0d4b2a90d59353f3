import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type RecountedSeason, recountSeason } from '../../../src/edge/gate/recount-season.js';
import { ReceiptCheck } from '../../../src/edge/load/check-receipts.js';
import { Load, type LoadReport } from '../../../src/edge/load/load.js';
import { Random } from '../../../src/world/random.js';
import { killDatabase, type ServerProcess } from './processes.js';
import { type KillWorld, startKillWorld } from './start.js';
import { inTime, until } from './waiting.js';

export const KINDS = [
  'a gate',
  'both gates',
  'a gate paused beyond its lease',
  'the database with its children',
  'one process of the database',
] as const;
type Kind = (typeof KINDS)[number];

/** Of a hundred kills, about so many of each kind. */
const SHARES: Readonly<Record<Kind, number>> = {
  'a gate': 40,
  'both gates': 6,
  'a gate paused beyond its lease': 14,
  'the database with its children': 20,
  'one process of the database': 20,
};

export interface KillsOptions {
  readonly kills: number;
  readonly seed: number;
  /** Empty; the database and the scenario go there. */
  readonly folder: string;
  readonly say: (line: string) => void;
}

export interface KillsReport {
  readonly byKind: ReadonlyMap<Kind, number>;
  /** Milliseconds from a gate's death or pause until its shards had another epoch, where they could be seen. */
  readonly takeOversMs: readonly number[];
  readonly load: LoadReport;
  /** Of the ledger, and of what platforms were told. */
  readonly books: RecountedSeason;
  /** Requests of platforms in the ledger. */
  readonly found: number;
  readonly seconds: number;
  /** What gates wrote that ended by themselves. */
  readonly crashes: readonly string[];
}

/** Requests a second, and in a call: enough that something is always under way. */
const RATE = 400;
const BATCH = 8;
/** Calls under way at most: on a busy machine more would pile up until gates had time for nothing but refusing them. */
const OPEN_MOST = 64;
/** Share of gates that are killed when they are ready; others perhaps while they start. */
const WELL = 0.6;

/**
 * Two gates of one season, each a process, share its shards on one database; platforms ask without end, the same again after
 * whatever goes wrong. Processes are killed as the seed has it, some again before they are well. Then all is
 * healed, what is open must be answered, and the books are recounted from the database.
 */
export async function killCampaign({
  kills,
  seed,
  folder,
  say,
}: KillsOptions): Promise<KillsReport> {
  const world = await startKillWorld(folder, 2);
  const { scenario, season, database, gates, secrets, now, state } = world;
  const urls = gates.map(({ url }) => url);
  const load = new Load({ scenario, urls, keys: secrets, now, seed, ...LOAD });
  try {
    const start = performance.now();
    const drill = new Drill(world, join(folder, 'db'), new Random(seed, 'kills'), say);
    const running = load.run();
    await drill.run(kills);
    await drill.heal();
    load.end();
    const report = await inTime('all calls are answered', running, async () => {
      return `${load.open} calls are open\n${await state()}`;
    });
    const receipts = new ReceiptCheck(scenario, RUN, load.platforms);
    const recount = recountSeason(database, scenario, season, (each) => receipts.see(each));
    const books = await inTime('the books are recounted', recount, state);
    receipts.end(books.faults);
    const seconds = (performance.now() - start) / 1000;
    const crashes = gates.flatMap((gate) => gate.crashes);
    const { byKind, takeOversMs } = drill;
    return { byKind, takeOversMs, load: report, books, found: receipts.found, seconds, crashes };
  } finally {
    load.end();
    await world.stop();
  }
}

/** How ids begin. */
const RUN = 'killings';
const LOAD = {
  run: RUN,
  rate: RATE,
  batch: BATCH,
  openMost: OPEN_MOST,
  seconds: 86_400,
  warmUpSeconds: 0,
};

/** Kills, and starts again what was killed. */
class Drill {
  readonly byKind = new Map<Kind, number>();
  readonly takeOversMs: number[] = [];
  readonly #restarts: Promise<void>[] = [];
  #isOver = false;

  constructor(
    private readonly world: KillWorld,
    private readonly folder: string,
    private readonly random: Random,
    private readonly say: (line: string) => void,
  ) {}

  async run(kills: number): Promise<void> {
    for (let done = 0; done < kills; ) {
      await sleep(this.random.between(50, 800));
      const kind = this.#draw();
      if (!(await this.#do(kind))) continue;
      done += 1;
      this.byKind.set(kind, (this.byKind.get(kind) ?? 0) + 1);
      if (done % 50 === 0) this.say(`${done} kills`);
    }
  }

  /** Waits until every process is there and ready. */
  async heal(): Promise<void> {
    const { gates, state } = this.world;
    this.#isOver = true;
    await inTime('what was killed or paused is started again', Promise.all(this.#restarts), state);
    for (const gate of gates) await gate.ready(state);
  }

  #draw(): Kind {
    let x = 100 * this.random.uniform();
    return KINDS.find((kind) => (x -= SHARES[kind]) < 0) ?? KINDS[0];
  }

  /** Whether it could be done: what is dead is not killed again. */
  async #do(kind: Kind): Promise<boolean> {
    const { random, folder } = this;
    const { gates, state } = this.world;
    if (kind === 'the database with its children') return killDatabase(folder);
    if (kind === 'one process of the database') {
      return (
        (await this.#isUp()) && killDatabase(folder, (of) => Math.floor(of * random.uniform()))
      );
    }
    const chosen = kind === 'both gates' ? gates : [gates[Math.floor(2 * random.uniform())]];
    const alive = chosen.filter(({ isRunning }) => isRunning);
    if (alive.length < chosen.length) return false;
    if (random.uniform() < WELL) await alive[0].ready(state);
    for (const gate of alive) this.#watch(gate);
    if (kind === 'a gate paused beyond its lease') this.#pause(alive[0]);
    else for (const gate of alive) this.#kill(gate);
    return true;
  }

  /** A server one of whose processes is killed while it starts may wait for ever: its owner gives it up, minutes later. */
  #isUp(): Promise<boolean> {
    return this.world.database.ledger.query('SELECT').then(
      () => true,
      () => false,
    );
  }

  #pause(gate: ServerProcess): void {
    gate.signal('SIGSTOP');
    this.#restarts.push(sleep(this.random.between(1200, 2500)).then(() => gate.signal('SIGCONT')));
  }

  #kill(gate: ServerProcess): void {
    this.#restarts.push(killAndStart(gate, this.random.between(0, 1500)));
  }

  /** Measures until the shards of a gate have another epoch; a database that is dead has nothing to tell. */
  #watch(gate: ServerProcess): void {
    void this.#takeOver(gate.url.origin).catch(() => undefined);
  }

  async #takeOver(address: string): Promise<void> {
    const start = performance.now();
    const { state, database } = this.world;
    const { ledger } = database;
    const { rows } = await ledger.query<{ shard: number; epoch: number }>(
      'SELECT shard, epoch FROM gate_shard WHERE address = $1',
      [address],
    );
    for (const { shard, epoch } of rows) {
      const isTaken = async (): Promise<boolean> => {
        const now = await ledger.query<{ epoch: number }>(
          'SELECT epoch FROM gate_shard WHERE shard = $1',
          [shard],
        );
        return now.rows[0].epoch > epoch;
      };
      await until(
        `shard ${shard} is taken over`,
        async () => this.#isOver || (await isTaken()),
        state,
      );
      if (this.#isOver) return;
      this.takeOversMs.push(performance.now() - start);
    }
  }
}

async function killAndStart(gate: ServerProcess, waitMs: number): Promise<void> {
  await gate.kill();
  await sleep(waitMs);
  gate.start();
}
