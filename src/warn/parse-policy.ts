import type { FaultList } from '../network/fault.js';
import { JsonFields, parseJson } from '../network/json-fields.js';
import type {
  CureCosts,
  CureLimits,
  EscalationRule,
  LevelThresholds,
  WarnPolicy,
} from './warn-policy.js';
import { LEVELS, type WarningLevel } from './warning.js';

const SPEC = 'docs/maths/warn.md';
const SHARE = { least: 0, most: 1 };

/** The policy in the bytes of a JSON file (data/warnings/policy.schema.json); undefined, and faults, if it is not one. */
export function parseWarnPolicy(
  file: string,
  bytes: Uint8Array,
  faults: FaultList,
): WarnPolicy | undefined {
  const before = faults.total;
  const object = parseJson(file, bytes, faults);
  if (!object) return undefined;
  const fields = new JsonFields(file, '', object, faults, SPEC);
  const levels = fields.object('levels');
  const policy: WarnPolicy = {
    version: fields.number('version', { least: 1, isInteger: true }),
    since: dayOf(fields),
    basis: wordOf(fields, 'basis', ['assumed', 'set'] as const),
    levels: {
      blue: thresholdsOf(levels.object('blue')),
      yellow: thresholdsOf(levels.object('yellow')),
      orange: thresholdsOf(levels.object('orange')),
      red: thresholdsOf(levels.object('red')),
    },
    breachChance: fields.number('breachChance', SHARE),
    sustainedAbove: fields.number('sustainedAbove', { above: 0 }),
    sustainedHours: fields.number('sustainedHours', { least: 0 }),
    areaShare: fields.number('areaShare', { above: 0, most: 1 }),
    margin: fields.number('margin', { above: 0, most: 1 }),
    lowerAfterHours: fields.number('lowerAfterHours', { least: 0 }),
    leastHours: fields.number('leastHours', { least: 0 }),
    costs: costsOf(fields.object('costs')),
    limits: limitsOf(fields.object('limits')),
    escalation: fields.list('escalation').map(ruleOf),
  };
  return faults.total === before ? policy : undefined;
}

function thresholdsOf(fields: JsonFields): LevelThresholds {
  return {
    chance: fields.number('chance', { above: 0, most: 1 }),
    withinHours: fields.number('withinHours', { above: 0 }),
    floorShare: fields.number('floorShare', { above: 0 }),
    capacityHours: fields.number('capacityHours', { above: 0 }),
  };
}

function costsOf(fields: JsonFields): CureCosts {
  return {
    addCapacity: fields.number('addCapacity', { least: 0 }),
    clearStock: fields.number('clearStock', { least: 0 }),
  };
}

function limitsOf(fields: JsonFields): CureLimits {
  return {
    addCapacity: fields.number('addCapacity', { least: 0 }),
    clearStock: fields.number('clearStock', SHARE),
    floorShare: fields.number('floorShare', { above: 0, most: 1 }),
  };
}

function ruleOf(fields: JsonFields): EscalationRule {
  return {
    to: wordOf(fields, 'to', ['province', 'nation'] as const),
    level: wordOf<WarningLevel>(fields, 'level', LEVELS),
    afterHours: fields.number('afterHours', { least: 0 }),
    unlessAcknowledged: fields.boolean('unlessAcknowledged'),
  };
}

function wordOf<Word extends string>(
  fields: JsonFields,
  name: string,
  words: readonly Word[],
): Word {
  const text = fields.text(name);
  const word = words.find((known) => known === text);
  if (word === undefined && text !== '') {
    const list = words.join(', ');
    fields.add(name, 'bad-field', `"${text}" is none of ${list}`, `Write one of ${list}.`);
  }
  return word ?? words[0];
}

function dayOf(fields: JsonFields): string {
  const text = fields.text('since');
  if (text !== '' && !/^\d{4}-\d\d-\d\d$/.test(text)) {
    fields.add('since', 'bad-field', `"${text}" is not a day`, 'Write it as 2020-11-01.');
  }
  return text;
}
