import { useAddress } from '../frame/address.ts';
import { useShownSeason } from '../words/season.tsx';
import { Changes } from './changes.tsx';
import { Destinations } from './destinations.tsx';
import type { Summed } from './figures.tsx';
import { slotOf, slotStart, useSeasonNow } from './slot-time.ts';
import { SlotsAhead } from './slots-ahead.tsx';
import { Tickets } from './tickets.tsx';
import { Why } from './why.tsx';

/** What may go in which slot, the tickets for it, why, and what changes of them. */
export function TicketsView({ summary, heardAt }: Summed) {
  const season = useShownSeason();
  const now = slotOf(season, useSeasonNow(summary, heardAt));
  const [chosen] = useAddress('slot');
  const [ticket] = useAddress('ticket');
  const last = season.scenario.slots - 1;
  return (
    <>
      <div className="half-and-half">
        <SlotsAhead summary={summary} heardAt={heardAt} />
        <Destinations slotStart={chosen ?? slotStart(season, Math.min(Math.max(0, now), last))} />
      </div>
      <div className="release-tickets">
        <Tickets rows={summary.rows} />
        <div>
          {ticket !== undefined && <Why id={ticket} />}
          <Changes />
        </div>
      </div>
    </>
  );
}
