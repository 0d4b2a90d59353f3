import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { expect, test } from 'vitest';
import { accessCommand } from '../../src/edge/cli/access.js';
import { archiveCommand } from '../../src/edge/cli/archive.js';
import { checkCommand } from '../../src/edge/cli/check.js';
import { compareCommand } from '../../src/edge/cli/compare.js';
import { explainCommand } from '../../src/edge/cli/explain.js';
import { gateCommand } from '../../src/edge/cli/gate.js';
import { planCommand } from '../../src/edge/cli/plan.js';
import { recountCommand } from '../../src/edge/cli/recount.js';
import { replayCommand } from '../../src/edge/cli/replay.js';
import { scenarioCommand } from '../../src/edge/cli/scenario.js';
import { simulateCommand } from '../../src/edge/cli/simulate.js';
import { startCommand } from '../../src/edge/cli/start.js';
import { trackCommand } from '../../src/edge/cli/track.js';

/** The lines of a document's `sh` blocks, without comments. */
function commandLines(document: string): string[] {
  const blocks = readFileSync(document, 'utf8').matchAll(/^```sh\n(.*?)^```$/gms);
  return [...blocks].flatMap(([, block]) =>
    block
      .trim()
      .split('\n')
      .map((line) => line.replace(/ +#.*$/, '')),
  );
}

function headingMarks(document: string): string[] | null {
  return readFileSync(document, 'utf8').match(/^#+ /gm);
}

/** The program with commands that read their arguments and do nothing. */
function idleProgram(): Command {
  const program = new Command('cuofeng');
  const commands = [
    scenarioCommand(),
    planCommand(),
    checkCommand(),
    explainCommand(),
    simulateCommand(),
    compareCommand(),
    startCommand(),
    gateCommand(),
    accessCommand(),
    trackCommand(),
    replayCommand(),
    recountCommand(),
    archiveCommand(),
  ];
  for (const command of commands) program.addCommand(command);
  idle(program);
  return program;
}

function idle(command: Command): void {
  command.exitOverride().configureOutput({ writeErr: () => {} });
  if (command.commands.length === 0) command.action(() => {});
  for (const inner of command.commands) idle(inner);
}

test('the command lines of the README are ones that the program takes', async () => {
  const lines = commandLines('README.md').filter((line) => line.startsWith('npx '));
  expect(lines.length).toBeGreaterThan(8);
  for (const line of lines) {
    const [npx, name, ...words] = line.split(' ');
    expect([npx, name]).toEqual(['npx', 'cuofeng']);
    await expect(idleProgram().parseAsync(words, { from: 'user' }), line).resolves.toBeDefined();
  }
});

test('the two commands are scripts of the package', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
  const [start, check] = commandLines('README.md');
  expect([start, check]).toEqual(['npm ci && npm start', 'npm ci && npm test']);
  expect(Object.keys(scripts)).toEqual(expect.arrayContaining(['start', 'test']));
});

test('the Chinese README gives the same commands under as many headings', () => {
  const inChinese = commandLines('README.md').map((line) => line.replace(' --lang en', ''));
  expect(commandLines('README.zh-CN.md')).toEqual(inChinese);
  expect(headingMarks('README.zh-CN.md')).toEqual(headingMarks('README.md'));
});
