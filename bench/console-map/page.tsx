import { useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { MapLegend } from '../../console/src/map/legend.tsx';
import { type MapState, NetworkMap } from '../../console/src/map/network-map.tsx';
import '../../console/src/frame/frame.css';
import '../../console/src/frame/parts.css';
import { offerFrames } from './frames.ts';
import type { BenchNetwork } from './network.ts';
import { stateAt } from './state.ts';

/** ?what=map|echarts, changes=1: a new state every second; region: shown whole. */
const asked = new URLSearchParams(location.search);
const changes = asked.get('changes') === '1';
const dark = matchMedia('(prefers-color-scheme: dark)').matches;
document.documentElement.dataset.theme = dark ? 'dark' : 'light';

offerFrames();
const network: BenchNetwork = await (await fetch('/assets/network.json')).json();
const { nodes, lanes } = network;

function useState1Hz(): MapState {
  const [state, setState] = useState(() => stateAt(0, nodes.length, lanes.length));
  useEffect(() => {
    if (!changes) return undefined;
    let second = 0;
    const timer = setInterval(() => setState(stateAt(++second, nodes.length, lanes.length)), 1000);
    return () => clearInterval(timer);
  }, []);
  return state;
}

function MapPage() {
  const state = useState1Hz();
  const [region, setRegion] = useState(asked.get('region') ?? '000000');
  const [chosen, setChosen] = useState<number>();
  useEffect(() => {
    const onHash = () => setRegion(location.hash.slice(1) || '000000');
    window.addEventListener('hashchange', onHash);
    return () => window.removeEventListener('hashchange', onHash);
  }, []);
  const tell = (hub: number) => [`${Math.round(100 * state.fill[hub])}%`];
  return (
    <main style={{ padding: 12 }} data-chosen={chosen}>
      <NetworkMap
        {...{ nodes, lanes, state, region, chosen, tell }}
        label="Map"
        height="calc(100vh - 130px)"
        onChoose={setChosen}
      />
      <MapLegend />
    </main>
  );
}

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no root');
if (asked.get('what') === 'echarts') {
  const { showPeer } = await import('./peer.ts');
  await showPeer(root, network, changes);
} else {
  createRoot(root).render(<MapPage />);
}
