import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Reason, RequestView, TicketView } from '../../../src/client/api.ts';
import { CallProblem } from '../api/client.ts';
import { useRequest } from '../api/release.ts';
import { useAddress } from '../frame/address.ts';
import { Answer } from '../frame/states.tsx';
import { useShownSeason } from '../words/season.tsx';
import { hubsOf } from './names.ts';
import { useReasonText } from './reason-text.ts';
import { holdHours } from './ticket-table.tsx';

/** Why the chosen ticket has its slot: the answer to its request, and how its tickets stand now. */
export function Why({ id }: { id: string }) {
  const { t } = useTranslation('release');
  const [, choose] = useAddress('ticket');
  const query = useRequest(id);
  const isMissing = query.error instanceof CallProblem && query.error.status === 404;
  return (
    <section className="card" aria-labelledby="why" aria-live="polite">
      <div className="release-head">
        <h2 id="why">
          {t('why.title')} <span translate="no">{id}</span>
        </h2>
        <Button size="small" onClick={() => choose(undefined)}>
          {t('why.close')}
        </Button>
      </div>
      {isMissing ? (
        <p>{t('why.missing')}</p>
      ) : (
        <Answer query={query}>{(view) => <Told view={view} id={id} />}</Answer>
      )}
    </section>
  );
}

function Told({ view, id }: { view: RequestView; id: string }) {
  const { t } = useTranslation('release');
  const { format, operator, place, service } = useShownSeason();
  const { result, tickets } = view;
  const ticket = tickets.find((each) => each.ticket === id) ?? tickets.at(0);
  return (
    <>
      {ticket && (
        <p className="told">
          {t('why.asked', {
            operator: operator(ticket.operator),
            service: service(ticket.service),
            parcels: format.exact(tickets.reduce((sum, { parcels }) => sum + parcels, 0)),
            origin: place(ticket.origin),
            destination: place(ticket.destination),
            ready: format.minute(ticket.readyStart),
          })}
        </p>
      )}
      {ticket && <Held ticket={ticket} />}
      {result.status !== 'error' && result.reason && <ReasonText reason={result.reason} />}
      {result.status === 'ticketed' && (
        <p className="note">{t('why.plan', { plan: result.plan })}</p>
      )}
      <Routes view={view} />
      <Given view={view} />
    </>
  );
}

function Held({ ticket }: { ticket: TicketView }) {
  const { t } = useTranslation('release');
  const { format } = useShownSeason();
  const hours = holdHours(ticket);
  if (hours <= 0) return <p className="told calm">{t('why.atOnce')}</p>;
  return (
    <p className="told">
      {t('why.later', { hours: format.decimal(hours), slot: format.minute(ticket.slotStart) })}
    </p>
  );
}

function ReasonText({ reason }: { reason: Reason }) {
  const sentences = useReasonText()(reason);
  return sentences.map((sentence) => (
    <p key={sentence} className="told">
      {sentence}
    </p>
  ));
}

function Routes({ view: { routes } }: { view: RequestView }) {
  const { t } = useTranslation('release');
  const season = useShownSeason();
  const told = routes
    .map(({ resources }) => hubsOf(season, resources).join(' → '))
    .filter((hubs) => hubs !== '');
  return [...new Set(told)].map((hubs) => (
    <p key={hubs} className="note">
      {t('why.route', { hubs })}
    </p>
  ));
}

/** The request's tickets, and how they were given where they moved since. */
function Given({ view: { result, tickets } }: { view: RequestView }) {
  const { t } = useTranslation('release');
  const { format } = useShownSeason();
  const given = new Map(
    (result.status === 'ticketed' ? result.tickets : []).map((each) => [each.ticket, each]),
  );
  if (tickets.length === 0) return null;
  return (
    <>
      <h3>{t('why.tickets')}</h3>
      <ul className="release-given">
        {tickets.map(({ ticket, slotStart, parcels, state }) => {
          const first = given.get(ticket)?.slotStart ?? slotStart;
          return (
            <li key={ticket}>
              <span translate="no">{ticket}</span> · {format.minute(slotStart)} ·{' '}
              {format.exact(parcels)} {t('unit.parcels')} · {t(`state.${state}`)}
              {Date.parse(first) !== Date.parse(slotStart) && (
                <small className="release-moved">
                  {t('why.moved', { from: format.minute(first), to: format.minute(slotStart) })}
                </small>
              )}
            </li>
          );
        })}
      </ul>
    </>
  );
}
