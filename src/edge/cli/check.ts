import { Command } from 'commander';
import { check } from '../../certify/check.js';
import type { CheckReport, ViolationRule } from '../../certify/report.js';
import { readPlan } from '../../network/read-plan.js';
import { readShown } from './read-shown.js';
import { count, decimal, gapText, textTable } from './text-table.js';

/** Binding resources that are listed: as many as one looks at. */
const BINDING_SHOWN = 10;

/** What each rule says when it holds. */
const RULES: readonly (readonly [ViolationRule, string])[] = [
  ['lost', 'constraint 1, nothing is lost: released + carried over = ready'],
  ['overflow', 'constraint 2, nothing overflows: load ≤ capacity left'],
  ['favoured', 'constraint 3, nobody is favoured: |x·N − n·R| < N'],
  ['row', 'every release can be: slot, route, parcels, demand'],
  ['price', 'every price is ≥ 0'],
  ['figure', 'plan.json states what the tables give'],
];

/** `cuofeng check`. */
export function checkCommand(): Command {
  return new Command('check')
    .description(
      'Verify a plan from its files and the scenario alone, with no code of the planner: every ' +
        'constraint, the objective Z, the bound L and the gap.',
    )
    .argument('<scenario>', 'scenario folder')
    .argument('<plan>', 'plan folder')
    .option('--json', 'the report as JSON')
    .addHelpText(
      'after',
      '\nExit code: 0 the plan is right, 1 it is wrong, 2 the input cannot be read.',
    )
    .action(runCheck);
}

async function runCheck(scenarioPath: string, planPath: string, { json }: { json?: boolean }) {
  const scenario = await readShown(scenarioPath);
  const report = await check(scenario, await readPlan(planPath, scenario));
  const lines = json ? [JSON.stringify(jsonOf(report), null, 2)] : linesOf(report);
  process.stdout.write(`${lines.join('\n')}\n`);
  process.exitCode = report.right ? 0 : 1;
}

function jsonOf(report: CheckReport) {
  const { violations, ...rest } = report;
  const { first, total, countByRule } = violations;
  return { ...rest, violations: { total, byRule: Object.fromEntries(countByRule), first } };
}

function linesOf(report: CheckReport): string[] {
  const { violations, binding } = report;
  return [
    report.right
      ? 'The plan is right.'
      : `The plan is WRONG: ${count(violations.total)} violations.`,
    ...RULES.map(([rule, text]) => {
      const broken = violations.countByRule.get(rule) ?? 0;
      return `  ${broken === 0 ? 'holds ' : 'BROKEN'}  ${text}${broken === 0 ? '' : `: ${count(broken)}`}`;
    }),
    ...violations.first.map((v) => `  ${v.rule}: ${v.where}: ${v.text} (by ${decimal(v.by, 6)})`),
    ...moreLine(violations.total - violations.first.length),
    '',
    `objective Z  ${decimal(report.objective)}`,
    `bound L      ${decimal(report.bound)}`,
    `gap          ${gapText(report.gap)}: no plan costs less than L, so none is better by more`,
    `parcels      ${count(report.ready)} ready = ${count(report.released)} released + ${count(report.carried)} carried over`,
    '',
    `What binds: ${count(binding.length)} resources have a price.`,
    ...textTable(
      ['resource', 'paid', 'slots', 'dearest slot', 'price', 'load', 'capacity left'],
      binding
        .slice(0, BINDING_SHOWN)
        .map((b) => [
          b.resource,
          decimal(b.paid),
          count(b.slots),
          String(b.slot),
          decimal(b.price, 4),
          count(b.load),
          count(b.capacity),
        ]),
    ),
  ];
}

function moreLine(more: number): string[] {
  return more > 0 ? [`  … and ${count(more)} more`] : [];
}
