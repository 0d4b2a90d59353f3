import { Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { AuditEntry } from '../../../src/client/api.ts';
import { useAddress } from '../frame/address.ts';
import { type Column, DataTable } from '../frame/data-table.tsx';
import { instantText } from '../words/instants.ts';
import { actorText, factsOf, subjectText, THINGS, thingOf } from './entry-text.ts';

/** Characters of a hash that tell it from others at a glance. */
const HASH_SHOWN = 8;

/** The entries that are loaded, as far as they match what is asked for. */
export function Entries({ entries }: { entries: readonly AuditEntry[] }) {
  const { t } = useTranslation('audit');
  const [thing, setThing] = useAddress('about');
  const [search = '', setSearch] = useAddress('find');
  const matching = entries.filter(
    (entry) =>
      (thing === undefined || thingOf(entry) === thing) &&
      (entry.actor.includes(search) || entry.subject.includes(search)),
  );
  const things = THINGS.map((value) => ({ value, label: t(`thing.${value}`) }));
  return (
    <>
      <div className="tools">
        <Select
          aria-label={t('filter.thing')}
          value={thing ?? ''}
          onChange={(value) => setThing(value === '' ? undefined : value)}
          options={[{ value: '', label: t('filter.all') }, ...things]}
          popupMatchSelectWidth={false}
        />
        <Input.Search
          className="audit-search"
          aria-label={t('filter.search')}
          placeholder={t('filter.search')}
          value={search}
          allowClear
          onChange={({ target }) => setSearch(target.value === '' ? undefined : target.value)}
        />
        <span className="note">{t('shown', { n: entries.length, matching: matching.length })}</span>
      </div>
      <DataTable
        label={t('title')}
        columns={useColumns()}
        rows={matching}
        rowKey={({ seq }) => String(seq)}
        none={t(entries.length === 0 ? 'none' : 'none.match')}
        first={50}
      />
    </>
  );
}

function useColumns(): Column<AuditEntry>[] {
  const { t, i18n } = useTranslation('audit');
  const language = i18n.language === 'en' ? 'en' : 'zh';
  const say = { t, language } as const;
  return [
    { key: 'seq', title: t('column.seq'), value: ({ seq }) => seq },
    {
      key: 'at',
      title: t('column.at'),
      value: ({ at }) => at,
      show: ({ at }) => instantText(at, language),
    },
    {
      key: 'actor',
      title: t('column.actor'),
      value: ({ actor }) => actorText(actor, say),
      show: ({ actor }) => <Own text={actorText(actor, say)} of={actor} />,
    },
    {
      key: 'action',
      title: t('column.action'),
      value: ({ action }) => t(`action.${action}`),
    },
    {
      key: 'subject',
      title: t('column.subject'),
      value: (entry) => subjectText(entry, say),
      show: (entry) => <Own text={subjectText(entry, say)} of={entry.subject} />,
    },
    {
      key: 'detail',
      title: t('column.detail'),
      value: (entry) =>
        factsOf(entry, say)
          .map((fact) => t('pair', { ...fact }))
          .join(t('pair.separator')),
      show: (entry) => <Detail entry={entry} />,
    },
    hashColumn('previous', t('column.previous')),
    hashColumn('hash', t('column.hash')),
  ];
}

/** What is its own name is the same in every language. */
function Own({ text, of }: { text: string; of: string }) {
  return text === of ? <span translate="no">{text}</span> : text;
}

function Detail({ entry }: { entry: AuditEntry }) {
  const { t, i18n } = useTranslation('audit');
  const facts = factsOf(entry, { t, language: i18n.language === 'en' ? 'en' : 'zh' });
  return (
    <dl className="audit-detail">
      {facts.map(({ name, value, isOwn }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd translate={isOwn ? 'no' : 'yes'}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function hashColumn(key: 'previous' | 'hash', title: string): Column<AuditEntry> {
  return {
    key,
    title,
    value: (entry) => entry[key],
    show: (entry) => (
      <code title={entry[key]} translate="no">
        {entry[key].slice(0, HASH_SHOWN)}
      </code>
    ),
  };
}
