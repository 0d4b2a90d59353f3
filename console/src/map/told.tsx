import { type RefObject, useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { MapNode } from './contract.ts';
import type { Stage } from './stage.ts';

interface ToldProps {
  readonly stage: Stage;
  /** Set here: what moves with the picture. */
  readonly frame: RefObject<(() => void) | undefined>;
  readonly nodes: readonly MapNode[];
  readonly chosen: number | undefined;
  /** −1: none. */
  readonly pointed: number;
  readonly tell: ((node: number) => readonly string[]) | undefined;
}

/** Rings around the hub that is chosen and the one pointed at, and what is told of it; they move with the picture. */
export function Told({ stage, frame, nodes, chosen, pointed, tell }: ToldProps) {
  const { t } = useTranslation('map');
  const chosenRing = useRef<HTMLDivElement>(null);
  const pointedRing = useRef<HTMLDivElement>(null);
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const place = () => {
      const circleOf = (hub: number | undefined) => stage.circles?.circleOf[hub ?? -1] ?? -1;
      putRing(chosenRing.current, stage.placeOf(circleOf(chosen)));
      const at = stage.placeOf(circleOf(pointed));
      putRing(pointedRing.current, at);
      putBox(box.current, at, stage);
    };
    frame.current = place;
    place();
  });
  const others = (stage.circles?.hubs[stage.circles.circleOf[pointed]] ?? 1) - 1;
  const node = nodes[pointed];
  return (
    <>
      <div className="network-map-ring network-map-chosen" ref={chosenRing} />
      <div className="network-map-ring" ref={pointedRing} />
      {node && (
        <div className="network-map-told" ref={box}>
          <strong>{node.name}</strong>
          {tell?.(pointed).map((line) => (
            <span key={line}>{line}</span>
          ))}
          {others > 0 && <small>{t('others', { n: others })}</small>}
        </div>
      )}
    </>
  );
}

type Place = ReturnType<Stage['placeOf']>;

function putRing(ring: HTMLDivElement | null, at: Place): void {
  if (ring === null) return;
  ring.style.visibility = at ? 'visible' : 'hidden';
  if (!at) return;
  const side = 2 * at.reach + 8;
  ring.style.width = `${side}px`;
  ring.style.height = `${side}px`;
  ring.style.transform = `translate(${at.x - side / 2}px, ${at.y - side / 2}px)`;
}

/** Pixels between a circle and what is told of it. */
const GAP = 14;

/** Beside the circle, on the side with room. */
function putBox(box: HTMLDivElement | null, at: Place, { size }: Stage): void {
  if (box === null) return;
  box.style.visibility = at ? 'visible' : 'hidden';
  if (!at) return;
  const { offsetWidth: width, offsetHeight: height } = box;
  const right = at.x + at.reach + GAP;
  const left = at.x - at.reach - GAP - width;
  const x = right + width <= size.width ? right : Math.max(4, left);
  const y = Math.max(4, Math.min(size.height - height - 4, at.y - height / 2));
  box.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px)`;
}
