import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { save } from '../frame/export-table.ts';
import { useDark } from '../frame/theme.ts';
import { Buttons } from './buttons.tsx';
import type { MapLane, MapNode, MapState } from './contract.ts';
import { listenToGestures, takeKey } from './gestures.ts';
import { drawnNetwork } from './network.ts';
import { OneByOne } from './one-by-one.tsx';
import { boxOfHubs } from './region.ts';
import { Stage } from './stage.ts';
import { Told } from './told.tsx';
import './words.ts';
import './map.css';

export type { MapLane, MapNode, MapState } from './contract.ts';

export interface NetworkMapProps {
  /** Nodes and lanes: what is the same object is not laid out again. */
  readonly nodes: readonly MapNode[];
  readonly lanes: readonly MapLane[];
  readonly state: MapState;
  /** What the picture shows, for those who do not see it. */
  readonly label: string;
  /** CSS length. */
  readonly height: string;
  /** Region to show whole: 000000 the nation, or a province or city; the map glides there when it changes. */
  readonly region: string;
  /** Number of the node that is chosen. */
  readonly chosen?: number | undefined;
  readonly onChoose?: (node: number) => void;
  /** Lines said of a node that is pointed at, after its name. */
  readonly tell?: (node: number) => readonly string[];
}

/** The network on a map of China, on a canvas that a worker paints; what is chosen and pointed at stands above it. */
export function NetworkMap(props: NetworkMapProps) {
  const { nodes, lanes, state, label, height, region, chosen, onChoose, tell } = props;
  const { t, i18n } = useTranslation('map');
  const dark = useDark();
  const [stage, setStage] = useState<Stage>();
  const [outlined, setOutlined] = useState<boolean>();
  const [pointed, setPointed] = useState(-1);
  const network = useMemo(() => drawnNetwork(nodes, lanes), [nodes, lanes]);
  const windowRef = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const frame = useRef<() => void>(undefined);
  const shown = useRef<{ stage: Stage; region: string }>(undefined);
  const latest = useRef({ onChoose });
  latest.current = { onChoose };

  useEffect(() => {
    const element = windowRef.current;
    if (element === null || canvas.current === null || !CAN_DRAW) return undefined;
    const made = new Stage(element, canvas.current, {
      onOutlines: setOutlined,
      onFrame: () => frame.current?.(),
    });
    const hubAt = (px: number, py: number) => made.circles?.hub[made.circleAt(px, py)] ?? -1;
    const stop = listenToGestures(element, made, {
      onPoint: (px, py) => setPointed(hubAt(px, py)),
      onLeave: () => setPointed(-1),
      onClick: (px, py) => {
        const hub = hubAt(px, py);
        if (hub >= 0) latest.current.onChoose?.(hub);
      },
    });
    setStage(made);
    return () => {
      stop();
      made.leave();
      setStage(undefined);
    };
  }, []);
  const language = i18n.language === 'en' ? 'en' : 'zh';
  useEffect(() => stage?.look(dark, language, region), [stage, dark, language, region]);
  useEffect(() => stage?.showNetwork(network), [stage, network]);
  useEffect(() => {
    if (fits(state, network)) stage?.showState(state);
  }, [stage, network, state]);
  useEffect(() => {
    if (stage === undefined || outlined === undefined) return;
    const before = shown.current?.stage === stage ? shown.current.region : undefined;
    if (before === region) return;
    const nation = region === '000000' ? stage.nation : undefined;
    const box = nation ?? stage.boxOf(region) ?? boxOfHubs(network, region);
    if (box === undefined) return;
    shown.current = { stage, region };
    if (before === undefined) stage.showAtOnce(box);
    else stage.show(box);
  }, [stage, outlined, region, network]);

  if (!CAN_DRAW) return <p className="note">{t('noCanvas')}</p>;
  const note = outlined === undefined ? '' : t(outlined ? 'schematic' : 'noOutline');
  const savePicture = async () => {
    if (stage) save(await stage.save(label, note), `${label}.png`);
  };
  return (
    <figure className="network-map">
      <div
        className="network-map-window"
        style={{ height }}
        ref={windowRef}
        data-pointed={pointed >= 0}
      >
        <div
          className="network-map-picture"
          role="application"
          aria-label={t('keys')}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: the picture is moved and magnified by keys
          tabIndex={0}
          onKeyDown={(event) => {
            if (!stage || event.ctrlKey || event.altKey || event.metaKey) return;
            if (takeKey(event.key, stage)) event.preventDefault();
          }}
        >
          <canvas ref={canvas} role="img" aria-label={label} />
        </div>
        {stage && (
          <>
            <Told {...{ stage, frame, nodes, chosen, pointed, tell }} />
            <Buttons stage={stage} onSave={() => void savePicture()} />
            <OneByOne {...{ stage, nodes, state, tell, onChoose, onPoint: setPointed }} />
          </>
        )}
      </div>
      <figcaption className="note">{note}</figcaption>
    </figure>
  );
}

const CAN_DRAW = typeof Worker !== 'undefined' && typeof OffscreenCanvas !== 'undefined';

/** A state of another network is not shown: the page is between two answers. */
function fits(state: MapState, { x, from }: { x: Float64Array; from: Int32Array }): boolean {
  return state.fill.length === x.length && state.load.length === from.length;
}
