import { Command, InvalidArgumentError, Option } from 'commander';
import { addKey, type KeyView, listKeys, revokeKey } from '../access/keys.js';
import type { Role } from '../access/principal.js';
import { dataOption } from './store.js';
import { textTable } from './text-table.js';
import { withDatabase } from './with-database.js';

const ROLES: readonly Role[] = ['viewer', 'dispatcher', 'manager'];

export function roleOption(): Option {
  return new Option('--role <role>', 'what it may do').choices(ROLES).makeOptionMandatory();
}

interface AddFlags {
  readonly label: string;
  readonly role: Role;
  readonly expires?: Date;
  readonly data: string;
}

/** `cuofeng access key …`. */
export function keyCommand(): Command {
  return new Command('key')
    .description('Keys of programs.')
    .addCommand(addCommand())
    .addCommand(revokeCommand())
    .addCommand(listCommand());
}

function addCommand(): Command {
  return new Command('add')
    .description('Make a key. Its secret is shown now and never again; only its hash is kept.')
    .argument('<organisation>')
    .requiredOption('--label <text>', 'what it is for; nothing of people')
    .addOption(roleOption())
    .option('--expires <instant>', 'ISO 8601 with offset; without it, when it is revoked', instant)
    .addOption(dataOption())
    .action(async (organisation: string, { label, role, expires, data }: AddFlags) => {
      const asked = { label, role, ...(expires && { expiresAt: expires }) };
      const { id, secret } = await withDatabase(data, (database) =>
        addKey(database, 'command-line', organisation, asked, Date.now()),
      );
      process.stdout.write(`${id}\n${secret}\n`);
      process.stderr.write('The second line is the secret. It is not shown again.\n');
    });
}

function revokeCommand(): Command {
  return new Command('revoke')
    .description('Let nobody in with a key any more, from the next request on.')
    .argument('<organisation>')
    .argument('<key>', 'its id')
    .addOption(dataOption())
    .action(async (organisation: string, key: string, { data }: { data: string }) => {
      await withDatabase(data, (database) =>
        revokeKey(database, 'command-line', organisation, key, Date.now()),
      );
      process.stdout.write(`${key} revoked\n`);
    });
}

function listCommand(): Command {
  return new Command('list')
    .description('Keys of an organisation, newest first.')
    .argument('<organisation>')
    .addOption(dataOption())
    .action(async (organisation: string, { data }: { data: string }) => {
      const keys = await withDatabase(data, (database) =>
        listKeys(database, 'command-line', organisation),
      );
      const header = ['id', 'label', 'role', 'made', 'state'];
      const rows = keys.map((key) => [
        key.id,
        key.label,
        key.role,
        key.madeAt.toISOString(),
        stateOf(key),
      ]);
      process.stdout.write(`${textTable(header, rows).join('\n')}\n`);
    });
}

function stateOf({ expiresAt, revokedAt }: KeyView): string {
  if (revokedAt) return `revoked ${revokedAt.toISOString()}`;
  return expiresAt ? `until ${expiresAt.toISOString()}` : 'in force';
}

function instant(text: string): Date {
  const value = new Date(text);
  const isWhole = /(Z|[+-]\d\d:\d\d)$/.test(text);
  if (isWhole && !Number.isNaN(value.getTime())) return value;
  throw new InvalidArgumentError('An instant with its offset: 2026-11-30T00:00:00+08:00.');
}
