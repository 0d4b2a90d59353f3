import { useMemo } from 'react';
import type { Situation } from '../../../src/client/api.ts';
import { type LiveNetwork, seasonNow, useHeard } from '../api/live-network.ts';
import { type Part, useSlot } from '../api/situation.ts';
import { useWall } from '../frame/wall.ts';
import { useShownSeason } from '../words/season.tsx';
import { useSlotChoice } from './choices.ts';
import { Operators, Regions } from './groups.tsx';
import { MapPanel } from './map-panel.tsx';
import { liveMoment, type Moment, slotMoment } from './moment.ts';
import { OpenWarnings } from './open-warnings.tsx';
import { Rotating } from './rotating.tsx';
import { shownOf } from './shown.ts';
import { WorstHubs } from './worst-hubs.tsx';

interface PictureProps {
  readonly situation: Situation;
  readonly network: LiveNetwork;
  readonly part: Part;
}

/** The map and what is worst on it, now or at the end of the slot that is chosen; seen again whenever the network changes. */
export function Picture({ situation, network, part }: PictureProps) {
  const { region, operator } = part;
  const { resource } = useShownSeason();
  const [isWall] = useWall();
  const now = useNowSlot(network);
  const { moment, slot, isLoading } = useMoment(situation, network, now);
  const shown = useMemo(
    () => shownOf(situation, region, operator, resource),
    [situation, region, operator, resource],
  );
  return (
    <div className="picture">
      <MapPanel
        situation={situation}
        network={network}
        shown={shown}
        moment={moment}
        region={region}
        time={{ now, slot, isLoading }}
      />
      <div className="picture-side">
        <WorstHubs shown={shown} moment={moment} part={part} />
        {isWall ? (
          <Rotating>
            {[
              <OpenWarnings key="warnings" {...part} />,
              <Regions key="regions" part={part} />,
              <Operators key="operators" part={part} />,
            ]}
          </Rotating>
        ) : (
          <OpenWarnings {...part} />
        )}
      </div>
    </div>
  );
}

/** The slot under way; undefined before the first picture. */
function useNowSlot(network: LiveNetwork): number | undefined {
  const heard = useHeard(network);
  const { scenario } = useShownSeason();
  if (heard.version === 0) return undefined;
  const slotMs = scenario.slotMinutes * 60_000;
  return Math.floor((seasonNow(heard) - Date.parse(scenario.start)) / slotMs);
}

interface ShownMoment {
  readonly moment: Moment;
  /** Undefined: now. */
  readonly slot: number | undefined;
  /** The slot that is shown is the one chosen before. */
  readonly isLoading: boolean;
}

function useMoment(
  situation: Situation,
  network: LiveNetwork,
  now: number | undefined,
): ShownMoment {
  const { version } = useHeard(network);
  const { from, until } = situation.slots;
  const [chosen] = useSlotChoice();
  const slot =
    chosen === undefined || chosen === now
      ? undefined
      : Math.max(from, Math.min(until - 1, chosen));
  const last = now === undefined || now <= from ? undefined : Math.min(now, until) - 1;
  const { data } = useSlot(slot ?? last);
  const moment = useMemo(
    () =>
      slot === undefined || data === undefined
        ? liveMoment(situation, network, data)
        : slotMoment(situation, data),
    // What is heard is written into the network's columns.
    [situation, network, slot, data, version],
  );
  return { moment, slot, isLoading: slot !== undefined && data?.slot !== slot };
}
