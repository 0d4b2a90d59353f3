import { request } from 'node:http';
import { setPriority } from 'node:os';
import { Latencies } from '../../src/edge/load/latencies.js';

/** What consoles were told between `begin` and `end`. */
export interface Watched {
  readonly seconds: number;
  /** Of streams and figures, headers left out. */
  readonly bytes: number;
  readonly events: number;
  readonly figures: number;
  readonly figuresP99: number;
}

interface Asked {
  readonly url: string;
  readonly password: string;
  readonly consoles: number;
  readonly organisations: readonly string[];
}

const LOGINS = ['manager-1', 'duty-1', 'viewer-1'];
const FIGURES_MS = 5_000;

const { url, password, consoles, organisations }: Asked = JSON.parse(process.argv[2]);
const counted = { bytes: 0, events: 0, figures: 0 };
const latencies = new Latencies();
let from = 0;
let leave: (() => void)[] = [];

setPriority(19);
const cookies = await signIn();
process.on('message', (what) => {
  if (what === 'begin') begin();
  else end();
});
process.send?.('ready');

/** One session a person: as many as there are people, and consoles. */
async function signIn(): Promise<string[]> {
  const people = LOGINS.flatMap((login) =>
    organisations.map((organisation) => ({ organisation, login, password })),
  );
  const sessions: string[] = [];
  for (const person of people.slice(0, consoles)) {
    const response = await fetch(`${url}/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: url },
      body: JSON.stringify(person),
    });
    // Organisations that the bench made have keys only.
    if (!response.ok) continue;
    sessions.push(
      response.headers
        .getSetCookie()
        .map((each) => each.split(';')[0])
        .join('; '),
    );
  }
  if (sessions.length === 0) throw new Error('nobody could sign in');
  return sessions;
}

function begin(): void {
  Object.assign(counted, { bytes: 0, events: 0, figures: 0 });
  latencies.clear();
  from = performance.now();
  leave = Array.from({ length: consoles }, (_, i) => open(cookies[i % cookies.length], i));
  process.send?.('begun');
}

function end(): void {
  const seconds = (performance.now() - from) / 1000;
  for (const each of leave) each();
  const [figuresP99] = latencies.quantiles([0.99]);
  const watched: Watched = { ...counted, seconds, figuresP99 };
  process.send?.(watched);
}

/** A console: its stream, and figures every five seconds, each beginning at a moment of its own. */
function open(cookie: string, i: number): () => void {
  let isOver = false;
  const stream = get('/v1/network/changes', cookie, (text) => {
    counted.events += text.split('\n\n').length - 1;
  });
  stream.on('error', (error) => {
    if (!isOver) throw error;
  });
  let timer = setTimeout(ask, (FIGURES_MS * i) / consoles);
  function ask(): void {
    const before = performance.now();
    const figures = get('/v1/situation/figures', cookie, () => {});
    figures.on('error', () => {});
    figures.on('close', () => {
      latencies.add(performance.now() - before);
      counted.figures += 1;
    });
    timer = setTimeout(ask, FIGURES_MS);
  }
  return () => {
    isOver = true;
    clearTimeout(timer);
    stream.destroy();
  };
}

function get(path: string, cookie: string, take: (text: string) => void) {
  const asked = request(new URL(path, url), { headers: { cookie } }, (response) => {
    if (response.statusCode !== 200) throw new Error(`${path}: ${response.statusCode}`);
    response.setEncoding('utf8').on('data', (text: string) => {
      counted.bytes += Buffer.byteLength(text);
      take(text);
    });
    response.on('error', () => {});
  });
  asked.end();
  return asked;
}
