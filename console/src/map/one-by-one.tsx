import { type KeyboardEvent, useId, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MapNode, MapState } from './contract.ts';
import type { Stage } from './stage.ts';
import { urgency } from './steps.ts';

interface OneByOneProps {
  readonly stage: Stage;
  readonly nodes: readonly MapNode[];
  readonly state: MapState;
  readonly tell: ((node: number) => readonly string[]) | undefined;
  readonly onChoose: ((node: number) => void) | undefined;
  readonly onPoint: (node: number) => void;
}

/** All hubs by keyboard and for readers of screens, the most urgent first: a list of which one is in the page at a time. */
export function OneByOne({ stage, nodes, state, tell, onChoose, onPoint }: OneByOneProps) {
  const { t } = useTranslation('map');
  const id = useId();
  const [order, setOrder] = useState<readonly number[]>([]);
  const [at, setAt] = useState(0);
  const hub = order[at];
  const count = nodes.length;
  const go = (next: number, among = order) => {
    const index = Math.max(0, Math.min(count - 1, next));
    setAt(index);
    onPoint(among[index]);
    bringIntoSight(stage, among[index]);
  };
  const start = () => {
    const made = byUrgency(state, count);
    setOrder(made);
    go(0, made);
  };
  const take = (event: KeyboardEvent) => {
    const by = STEPS[event.key];
    if (event.key === 'Enter' || event.key === ' ') onChoose?.(hub);
    else if (event.key === 'Home') go(0);
    else if (event.key === 'End') go(count - 1);
    else if (by !== undefined) go(at + by);
    else return;
    event.preventDefault();
  };
  const lines = useMemo(() => (nodes[hub] ? (tell?.(hub) ?? []) : []), [nodes, hub, tell]);
  if (count === 0) return null;
  return (
    <div
      className="network-map-list"
      role="listbox"
      tabIndex={0}
      aria-label={t('hubs')}
      aria-description={t('hubs.text')}
      aria-activedescendant={nodes[hub] ? id : undefined}
      onFocus={start}
      onBlur={() => onPoint(-1)}
      onKeyDown={take}
    >
      <small>{t('hubs.text')}</small>
      <div id={id} role="option" aria-selected="true" aria-posinset={at + 1} aria-setsize={count}>
        {nodes[hub] ? (
          <>
            <strong>{nodes[hub].name}</strong> {t('hubs.at', { n: at + 1, all: count })}
            <span className="network-map-unseen">{lines.join(' ')}</span>
          </>
        ) : (
          <span className="network-map-unseen">{t('hubs')}</span>
        )}
      </div>
    </div>
  );
}

const STEPS: Record<string, number> = {
  ArrowDown: 1,
  ArrowRight: 1,
  ArrowUp: -1,
  ArrowLeft: -1,
  PageDown: 10,
  PageUp: -10,
};

function byUrgency({ fill, marks }: MapState, count: number): number[] {
  return Array.from({ length: count }, (_, hub) => hub).toSorted(
    (a, b) => urgency(fill[b], marks[b]) - urgency(fill[a], marks[a]) || a - b,
  );
}

function bringIntoSight(stage: Stage, hub: number): void {
  const at = stage.placeOf(stage.circles?.circleOf[hub] ?? -1);
  if (!at) return;
  const { width, height } = stage.size;
  const inside = at.x > 40 && at.x < width - 40 && at.y > 40 && at.y < height - 40;
  if (inside) return;
  const { view } = stage;
  stage.glide({
    ...view,
    x: view.x + (at.x - width / 2) / view.scale,
    y: view.y + (at.y - height / 2) / view.scale,
  });
}
