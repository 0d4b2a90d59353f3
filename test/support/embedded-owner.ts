import { startEmbedded } from '../../src/edge/postgres/embedded.js';

/**
 * A process that has a database in a folder: says its URL on a line, keeps it until it is told to end, then stops it and
 * says so. To be run by embedded.test.ts.
 */
const database = await startEmbedded(process.argv[2], say);
process.on('SIGINT', () => {
  // A program has work to finish with the database.
  setTimeout(() => void stop(), 300);
});
say(database.adminUrl);

async function stop(): Promise<void> {
  const { Client } = await import('pg');
  const client = new Client({ connectionString: database.adminUrl });
  await client.connect();
  await client.end();
  await database.stop();
  say('stopped');
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
