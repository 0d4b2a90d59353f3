import type { ClientBase, Pool } from 'pg';

/** Lends a session of the pool; one on which something failed is not used again. */
export async function withClient<T>(
  pool: Pool,
  work: (client: ClientBase) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  try {
    const result = await work(client);
    client.release();
    return result;
  } catch (error) {
    client.release(true);
    throw error;
  }
}
