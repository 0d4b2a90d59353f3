import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Popconfirm } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Outcomes, TicketView } from '../../../src/client/api.ts';
import { api, CallProblem } from '../api/client.ts';
import { SUMMARY, TICKETS } from '../api/release.ts';
import { useShownSeason } from '../words/season.tsx';

export type ActOutcome = Outcomes['results'][number]['status'];

/** Ids of one call, as the server has it. */
const IDS_MOST = 10_000;

interface ActProps {
  readonly tickets: readonly TicketView[];
  readonly picked: ReadonlySet<string>;
  readonly pick: (picked: ReadonlySet<string>) => void;
  readonly onDone: (outcomes: ReadonlyMap<string, ActOutcome>) => void;
}

type Told =
  | { readonly what: What; readonly counts: Readonly<Record<ActOutcome, number>> }
  | { readonly failed: string };
type What = 'confirm' | 'cancel';

/** Confirms or cancels the tickets picked, and says what was too late. */
export function Act({ tickets, picked, pick, onDone }: ActProps) {
  const { t } = useTranslation('release');
  const { format } = useShownSeason();
  const queries = useQueryClient();
  const [busy, setBusy] = useState<What>();
  const [told, tell] = useState<Told>();
  const chosen = tickets.filter(({ ticket }) => picked.has(ticket));
  const waiting = tickets.filter(({ state }) => state === 'issued');
  const parcels = chosen.reduce((sum, ticket) => sum + ticket.parcels, 0);
  const act = async (what: What) => {
    setBusy(what);
    const ids = chosen.map(({ ticket }) => ticket);
    try {
      const outcomes = await send(what, ids);
      onDone(outcomes);
      tell({ what, counts: countOf(outcomes) });
      pick(new Set());
    } catch (error) {
      tell({ failed: error instanceof CallProblem ? error.message : String(error) });
    }
    setBusy(undefined);
    await queries.invalidateQueries({ queryKey: [TICKETS] });
    await queries.invalidateQueries({ queryKey: [SUMMARY] });
  };
  return (
    <>
      <div className="release-act">
        {chosen.length === 0 ? (
          <span className="note">{t('act.none')}</span>
        ) : (
          <strong aria-live="polite">
            {t('act.picked', { n: chosen.length, parcels: format.exact(parcels) })}
          </strong>
        )}
        <Button
          size="small"
          disabled={waiting.length === 0}
          onClick={() => pick(new Set(waiting.map(({ ticket }) => ticket)))}
        >
          {t('act.all', { n: waiting.length })}
        </Button>
        {chosen.length > 0 && (
          <Button size="small" onClick={() => pick(new Set())}>
            {t('act.clear')}
          </Button>
        )}
        <Button
          type="primary"
          disabled={chosen.length === 0 || busy !== undefined}
          loading={busy === 'confirm'}
          onClick={() => void act('confirm')}
        >
          {t('act.confirm')}
        </Button>
        <Popconfirm
          title={t('act.cancel.sure', { n: chosen.length })}
          description={t('act.cancel.text')}
          okText={t('act.cancel.yes')}
          cancelText={t('act.cancel.no')}
          onConfirm={() => void act('cancel')}
          disabled={chosen.length === 0}
        >
          <Button
            danger
            disabled={chosen.length === 0 || busy !== undefined}
            loading={busy === 'cancel'}
          >
            {t('act.cancel')}
          </Button>
        </Popconfirm>
      </div>
      <div aria-live="polite">{told && <Outcome told={told} />}</div>
    </>
  );
}

async function send(what: What, ids: readonly string[]): Promise<Map<string, ActOutcome>> {
  const outcomes = new Map<string, ActOutcome>();
  for (let from = 0; from < ids.length; from += IDS_MOST) {
    const body = { ids: ids.slice(from, from + IDS_MOST) };
    const { results } = await (what === 'confirm'
      ? api.confirmTickets(body)
      : api.cancelTickets(body));
    for (const { id, status } of results) outcomes.set(id, status);
  }
  return outcomes;
}

function countOf(outcomes: ReadonlyMap<string, ActOutcome>): Record<ActOutcome, number> {
  const counts = { done: 0, unknown: 0, 'too-late': 0, 'not-in-force': 0 };
  for (const outcome of outcomes.values()) counts[outcome] += 1;
  return counts;
}

function Outcome({ told }: { told: Told }) {
  const { t } = useTranslation('release');
  if ('failed' in told) {
    return <Alert type="error" showIcon title={t('act.failed', { detail: told.failed })} />;
  }
  const { what, counts } = told;
  const isCancel = what === 'cancel';
  const parts = [
    counts.done > 0 && t(isCancel ? 'act.cancelled' : 'act.confirmed', { n: counts.done }),
    counts['too-late'] > 0 &&
      t(isCancel ? 'act.tooLate' : 'act.tooLate.confirm', { n: counts['too-late'] }),
    counts['not-in-force'] > 0 && t('act.notInForce', { n: counts['not-in-force'] }),
    counts.unknown > 0 && t('act.unknown', { n: counts.unknown }),
  ].filter((part) => part !== false);
  const isWhole = parts.length === 1 && counts.done > 0;
  return <Alert type={isWhole ? 'success' : 'warning'} showIcon closable title={parts.join(' ')} />;
}
