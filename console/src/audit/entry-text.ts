import type { TFunction } from 'i18next';
import type { AuditEntry } from '../../../src/client/api.ts';
import type { Language } from '../frame/language.ts';
import { instantText } from '../words/instants.ts';
import { placeName } from '../words/places.ts';
import { resourceNameById } from '../words/resources.ts';
import { auditWords } from './words.ts';

interface Say {
  readonly t: TFunction<'audit'>;
  readonly language: Language;
}

/** What an act is about: the part of its name before the point. */
export function thingOf({ action }: Pick<AuditEntry, 'action'>): string {
  return action.split('.')[0];
}

export const THINGS = [
  'session',
  'organisation',
  'account',
  'key',
  'issuer',
  'capacity',
  'warning',
  'plan',
  'webhook',
  'scans',
] as const;

/** A person's login or a key's id, with its organisation where that is another; or what acts by itself. */
export function actorText(actor: string, { t }: Say): string {
  const key = `actor.${actor}`;
  return isWord(key) ? t(key) : actor;
}

export function subjectText({ subject }: AuditEntry, { t, language }: Say): string {
  return subject === 'policy' ? t('subject.policy') : resourceNameById(subject, language);
}

/** One of the facts that an act was written down with. */
export interface Fact {
  readonly name: string;
  readonly value: string;
  /** What people wrote, or an id: the same in every language. */
  readonly isOwn: boolean;
}

/** The facts of an entry; what has no word here is told as it stands. */
export function factsOf({ detail }: AuditEntry, say: Say): Fact[] {
  const fields: Readonly<Record<string, unknown>> = JSON.parse(detail);
  return Object.entries(fields).flatMap(([field, value]) => {
    if (value === null) return [];
    const key = `field.${field}`;
    const name = isWord(key) ? say.t(key) : field;
    return [{ name, ...valueText(field, value, say) }];
  });
}

function valueText(field: string, value: unknown, say: Say): Pick<Fact, 'value' | 'isOwn'> {
  const { t, language } = say;
  if (Array.isArray(value)) {
    const parts = value.map((part) => valueText(field, part, say));
    const text = parts.map((part) => part.value).join(t('separator'));
    return { value: text, isOwn: parts.some(({ isOwn }) => isOwn) };
  }
  const text = String(value);
  const key = `value.${text}`;
  if (field !== 'reason' && field !== 'label' && isWord(key))
    return { value: t(key), isOwn: false };
  if (/^\d{4}-\d\d-\d\dT/.test(text)) return { value: instantText(text, language), isOwn: false };
  if (field === 'region') return { value: placeName(text, language), isOwn: false };
  if (field === 'resource') return { value: resourceNameById(text, language), isOwn: false };
  return { value: text, isOwn: typeof value === 'string' };
}

function isWord(key: string): key is keyof typeof auditWords.zh {
  return Object.hasOwn(auditWords.zh, key);
}
