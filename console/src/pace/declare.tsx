import { Alert, Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDeclare } from '../api/pace.ts';
import { type Column, DataTable } from '../frame/data-table.tsx';
import { useShownSeason } from '../words/season.tsx';
import type { PlacedCell } from './block.ts';
import { declarationsOf, type Read } from './edits.ts';
import { useRefusal } from './refusal.ts';

interface DeclareProps {
  readonly read: Read;
  /** Pasted where there is no cell. */
  readonly outside: readonly PlacedCell[];
  readonly nameOf: (resource: string) => string;
  readonly clear: () => void;
}

/** What is wrong, cell by cell; then why, and off it goes. Nothing is sent as long as anything is wrong. */
export function Declare({ read, outside, nameOf, clear }: DeclareProps) {
  const { t } = useTranslation('pace');
  const [reason, setReason] = useState('');
  const [isAsked, setAsked] = useState(false);
  const startOf = useSlotStart();
  const declare = useDeclare();
  const { changes } = read;
  const faults = useFaults(read, outside, nameOf);
  const above = changes.filter(({ parcels, licensed }) => parcels > licensed).length;
  const isMissing = isAsked && reason.trim() === '';
  const send = () => {
    setAsked(true);
    if (reason.trim() === '') return;
    const calls = declarationsOf(changes, reason.trim(), startOf);
    declare.mutate(calls, {
      onSuccess: () => {
        clear();
        setReason('');
        setAsked(false);
      },
    });
  };
  return (
    <div className="pace-declare">
      {faults.length > 0 && <Faults faults={faults} />}
      {above > 0 && <p className="pace-waiting">{t('declare.above', { count: above })}</p>}
      <label className="pace-reason">
        {t('reason')}
        <Input
          value={reason}
          maxLength={200}
          placeholder={t('reason.hint')}
          aria-invalid={isMissing}
          {...(isMissing && { status: 'error' as const })}
          onChange={({ target }) => setReason(target.value)}
        />
      </label>
      {isMissing && <p className="over">{t('reason.missing')}</p>}
      <Button
        type="primary"
        disabled={changes.length === 0 || faults.length > 0}
        loading={declare.isPending}
        onClick={send}
      >
        {changes.length === 0 ? t('declare.none') : t('declare', { count: changes.length })}
      </Button>
      {(changes.length > 0 || faults.length > 0) && <Button onClick={clear}>{t('discard')}</Button>}
      <Outcome declare={declare} />
    </div>
  );
}

function Outcome({ declare: { data, error } }: { declare: ReturnType<typeof useDeclare> }) {
  const { t } = useTranslation('pace');
  const refusal = useRefusal();
  if (error) {
    return <Alert type="error" showIcon title={t('declared.failed', { detail: refusal(error) })} />;
  }
  if (!data) return null;
  const waiting = data.filter(({ state }) => state === 'waiting').length;
  const title = t('declared.done', { inForce: data.length - waiting, waiting });
  return <Alert type="success" showIcon title={title} />;
}

function useSlotStart(): (slot: number) => string {
  const { scenario } = useShownSeason();
  const start = Date.parse(scenario.start);
  return (slot) => new Date(start + slot * scenario.slotMinutes * 60_000).toISOString();
}

interface Fault {
  readonly cell: string;
  readonly text: string;
  readonly rule: string;
  readonly cure: string;
}

function useFaults(
  { faults }: Read,
  outside: readonly PlacedCell[],
  nameOf: (id: string) => string,
) {
  const { t } = useTranslation('pace');
  const { format } = useShownSeason();
  const wrong = faults.map(({ resource, slot, text, rule }) => ({
    cell: `${nameOf(resource)} · ${format.slotTime(slot)}`,
    text,
    rule: t(`rule.${rule}`),
    cure: t(`cure.${rule}`),
  }));
  const beyond = outside.map(({ row, column, text }) => ({
    cell: `${row + 1} × ${column + 1}`,
    text,
    rule: t('rule.outside'),
    cure: t('cure.outside'),
  }));
  return [...wrong, ...beyond];
}

function Faults({ faults }: { faults: readonly Fault[] }) {
  const { t } = useTranslation('pace');
  const columns: readonly Column<Fault>[] = [
    { key: 'cell', title: t('fault.cell'), value: ({ cell }) => cell },
    {
      key: 'text',
      title: t('fault.text'),
      value: ({ text }) => text,
      show: ({ text }) => <span translate="no">{text}</span>,
    },
    { key: 'rule', title: t('fault.rule'), value: ({ rule }) => rule },
    { key: 'cure', title: t('fault.cure'), value: ({ cure }) => cure },
  ];
  const title = t('faults.title', { count: faults.length });
  return (
    <div className="pace-faults" role="alert">
      <h3 className="over">{title}</h3>
      <DataTable label={title} columns={columns} rows={faults} rowKey={({ cell }) => cell} />
    </div>
  );
}
