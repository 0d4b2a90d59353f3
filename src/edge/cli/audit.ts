import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { type AuditHead, type AuditReport, verifyAudit } from '../access/verify-audit.js';
import { CommandLine } from './command-line.js';
import { dataOption } from './store.js';
import { count, textTable } from './text-table.js';
import { withDatabase } from './with-database.js';

interface VerifyFlags {
  readonly known?: string;
  readonly json?: boolean;
  readonly data: string;
}

/** `cuofeng audit …`. */
export function auditCommand(): Command {
  return new Command('audit').description('What people and keys did.').addCommand(verifyCommand());
}

function verifyCommand(): Command {
  return new Command('verify')
    .description(
      'Recompute the audit log: every entry that was changed, taken out, put in or moved. Keep the report ' +
        'elsewhere: only against an earlier one does it show that the end was cut off or written anew.',
    )
    .option('--known <file>', 'an earlier report, made with --json')
    .option('--json', 'the report as JSON')
    .addOption(dataOption())
    .addHelpText(
      'after',
      '\nExit code: 0 the log is whole, 1 it was tampered with, 2 the input cannot be read.',
    )
    .action(verify);
}

async function verify({ known, json, data }: VerifyFlags): Promise<void> {
  const heads = known === undefined ? [] : readHeads(known);
  const report = await withDatabase(data, (database) =>
    database.transact({ as: 'keeper' }, (client) => verifyAudit(client, heads)),
  );
  const lines = json ? [JSON.stringify(report, null, 2)] : linesOf(report);
  process.stdout.write(`${lines.join('\n')}\n`);
  process.exitCode = report.faults.length === 0 ? 0 : 1;
}

function linesOf({ heads, entries, faults }: AuditReport): string[] {
  const rows = heads.map(({ organisation, seq, hash }) => [organisation, count(seq), hash]);
  return [
    faults.length === 0
      ? `The log is whole: ${count(entries)} entries.`
      : `The log was TAMPERED with: ${count(faults.length)} places.`,
    ...faults.map(({ organisation, seq, rule }) => `  ${organisation} ${seq}: ${rule}`),
    '',
    ...textTable(['organisation', 'entries', 'ends with'], rows),
  ];
}

const Report = Type.Object({
  heads: Type.Array(
    Type.Object({
      organisation: Type.String(),
      seq: Type.Integer(),
      hash: Type.String({ pattern: '^[0-9a-f]{64}$' }),
    }),
  ),
});

function readHeads(file: string): readonly AuditHead[] {
  const line = new CommandLine();
  try {
    const found: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (Value.Check(Report, found)) return found.heads;
    line.add('known', 'no-report', `${file} is no report.`, 'Make one with --json.');
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    line.add('known', 'unreadable', `${file}: ${text}`, 'Name a report made with --json.');
  }
  line.end();
  return [];
}
