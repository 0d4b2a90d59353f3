import { readFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import { setIssuer } from '../access/issuers.js';
import {
  addOrganisation,
  listOrganisations,
  type NewOrganisation,
  suspendOrganisation,
} from '../access/organisations.js';
import { KINDS, type Level } from '../access/principal.js';
import { dataOption } from './store.js';
import { textTable } from './text-table.js';
import { withDatabase } from './with-database.js';

const LEVELS: readonly Level[] = ['nation', 'province', 'city'];

interface AddFlags extends Omit<NewOrganisation, 'id'> {
  readonly data: string;
}

/** `cuofeng access organisation …`. */
export function organisationCommand(): Command {
  return new Command('organisation')
    .description('Organisations: who ships, who carries, who supervises.')
    .addCommand(addCommand())
    .addCommand(listCommand())
    .addCommand(suspendCommand(true))
    .addCommand(suspendCommand(false))
    .addCommand(issuerCommand());
}

function addCommand(): Command {
  return new Command('add')
    .description(
      'Add an organisation. Its id is also the name of the shipper or operator in scenarios.',
    )
    .argument('<id>', 'short and for good: letters, digits and . _ -')
    .addOption(new Option('--kind <kind>', 'what it is').choices(KINDS).makeOptionMandatory())
    .addOption(new Option('--level <level>', 'where it stands').choices(LEVELS).default('nation'))
    .option('--region <code>', 'GB/T 2260 code of what it is in charge of', '000000')
    .option(
      '--parent <id>',
      "whom it belongs to; for an operator's province or city, the office above",
    )
    .addOption(dataOption())
    .action(async (id: string, { data, ...flags }: AddFlags) => {
      const made = await withDatabase(data, (database) =>
        addOrganisation(database, 'command-line', { id, ...flags }, Date.now()),
      );
      process.stdout.write(`${made.id} added\n`);
    });
}

function listCommand(): Command {
  return new Command('list')
    .description('All organisations.')
    .addOption(dataOption())
    .action(async ({ data }: { data: string }) => {
      const all = await withDatabase(data, (database) =>
        listOrganisations(database, undefined, '', Number.MAX_SAFE_INTEGER),
      );
      const rows = all.map(({ id, kind, level, region, parent, suspended }) => [
        id,
        kind,
        level,
        region,
        parent ?? '',
        suspended ? 'suspended' : '',
      ]);
      const header = ['id', 'kind', 'level', 'region', 'parent', 'state'];
      process.stdout.write(`${textTable(header, rows).join('\n')}\n`);
    });
}

function suspendCommand(suspended: boolean): Command {
  return new Command(suspended ? 'suspend' : 'resume')
    .description(
      suspended
        ? 'Let nobody of it in any more, from the next request on.'
        : 'Let its people and keys in again.',
    )
    .argument('<id>')
    .requiredOption('--reason <text>', 'why; kept in the audit log')
    .addOption(dataOption())
    .action(async (id: string, { data, reason }: { data: string; reason: string }) => {
      await withDatabase(data, (database) =>
        suspendOrganisation(database, 'command-line', id, { suspended, reason }, Date.now()),
      );
      process.stdout.write(`${id} ${suspended ? 'suspended' : 'resumed'}\n`);
    });
}

function issuerCommand(): Command {
  return new Command('issuer')
    .description('Name the OpenID provider by which people of an organisation sign in.')
    .argument('<id>')
    .requiredOption('--issuer <url>', 'its address, https')
    .requiredOption('--client-id <id>', 'as which client this server is known there')
    .requiredOption(
      '--client-secret-file <file>',
      'file with the secret; - reads it from the input',
    )
    .addOption(dataOption())
    .action(async (id: string, flags: IssuerFlags) => {
      const { issuer, clientId, clientSecretFile: file, data } = flags;
      const clientSecret = readFileSync(file === '-' ? 0 : file, 'utf8').trim();
      await withDatabase(data, (database) =>
        setIssuer(database, 'command-line', id, { issuer, clientId, clientSecret }, Date.now()),
      );
      process.stdout.write(`${id} signs in at ${issuer}\n`);
    });
}

interface IssuerFlags {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecretFile: string;
  readonly data: string;
}
