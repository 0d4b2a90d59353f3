import { writeFile } from 'node:fs/promises';
import { CLIENT_FILE, makeClient } from './client/make-client.ts';

await writeFile(CLIENT_FILE, await makeClient());
