import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Whether scenario.json has a field `generated`, as the generator writes it. */
export async function saysGenerated(folder: string): Promise<boolean> {
  return 'generated' in JSON.parse(await readFile(join(folder, 'scenario.json'), 'utf8'));
}
