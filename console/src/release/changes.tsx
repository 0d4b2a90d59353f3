import { useTranslation } from 'react-i18next';
import type { Change } from '../../../src/client/api.ts';
import { useAddress } from '../frame/address.ts';
import { type Column, DataTable } from '../frame/data-table.tsx';
import { useShownSeason } from '../words/season.tsx';
import { type KeptChange, useFeed } from './changes-feed.ts';
import { resourceName } from './names.ts';

const FIRST = 12;

/** What changed since the page was first opened, newest first, with its cause. */
export function Changes() {
  const { t } = useTranslation('release');
  const { format } = useShownSeason();
  const { changes, isLost } = useFeed();
  const text = useChangeText();
  const kind = (change: Change) =>
    t(`changes.${change.type === 'ticket' ? change.change : change.type}`);
  const columns: Column<KeptChange>[] = [
    {
      key: 'at',
      title: t('changes.title'),
      value: ({ change }) => change.at,
      show: ({ change }) => format.moment(change.at),
    },
    {
      key: 'what',
      title: t('tickets.state'),
      value: ({ change }) => `${kind(change)} ${idOf(change)}`,
      show: ({ change }) => (
        <>
          {kind(change)} <TicketLink id={idOf(change)} />
          <small>{text(change)}</small>
        </>
      ),
    },
  ];
  return (
    <section className="card release-changes" aria-labelledby="changes">
      <div className="release-head">
        <h2 id="changes">{t('changes.title')}</h2>
        {!isLost && <span className="release-state confirmed">{t('changes.live')}</span>}
      </div>
      {isLost && <p className="over">{t('changes.lost')}</p>}
      <div aria-live="polite">
        <DataTable
          label={t('changes.title')}
          columns={columns}
          rows={changes}
          rowKey={({ number }) => String(number)}
          first={FIRST}
          none={t('changes.none')}
        />
      </div>
    </section>
  );
}

function idOf(change: Change): string {
  return change.type === 'ticket' ? change.ticket : '';
}

function TicketLink({ id }: { id: string }) {
  const [, choose] = useAddress('ticket');
  if (id === '') return null;
  return (
    <button type="button" className="row-button" translate="no" onClick={() => choose(id)}>
      {id}
    </button>
  );
}

/** What a change is, and its cause, in a sentence. */
function useChangeText(): (change: Change) => string {
  const { t } = useTranslation('release');
  const season = useShownSeason();
  const { format, operator } = season;
  return (change) => {
    if (change.type === 'plan') {
      const operators = change.operators.map(operator).join(' ');
      return t('changes.plan.text', { version: change.version, operators });
    }
    if (change.type === 'capacity') {
      return t('changes.capacity.text', {
        resource: resourceName(season, change.resource),
        slot: format.minute(change.slotStart),
        parcels: format.exact(change.parcels),
      });
    }
    const slot = format.minute(change.slotStart);
    if (change.change === 'lapsed') return t('changes.lapsed.text', { slot });
    if (change.change !== 'moved') return t('changes.ticket.text', { slot });
    const from = change.from ? format.minute(change.from.slotStart) : '';
    const why = change.reason ? `: ${t(`changes.reason.${change.reason}`)}` : '';
    return `${t('changes.moved.text', { from, to: slot })}${why}`;
  };
}
