import { LinesChart, ScatterChart } from 'echarts/charts';
import { GeoComponent } from 'echarts/components';
import { init, registerMap, use } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { mapColours } from '../../console/src/map/colours.ts';
import { stepOf } from '../../console/src/map/steps.ts';
import type { BenchNetwork } from './network.ts';
import { stateAt } from './state.ts';

use([LinesChart, ScatterChart, GeoComponent, CanvasRenderer]);

/** The same network by the chart library: geo with roam, lines, scatter; no animation. */
export async function showPeer(root: HTMLElement, network: BenchNetwork, changes: boolean) {
  const element = document.createElement('div');
  element.className = 'network-map-window';
  element.style.height = 'calc(100vh - 100px)';
  root.append(element);
  registerMap('china', await (await fetch('/outlines/china.json')).text());
  const chart = init(element);
  const colours = mapColours(false);
  const show = (second: number) => {
    const state = stateAt(second, network.nodes.length, network.lanes.length);
    chart.setOption({
      animation: false,
      series: [
        {
          type: 'lines',
          coordinateSystem: 'geo',
          silent: true,
          data: network.lanes.map(({ from, to }, lane) => {
            const [a, b] = [network.nodes[from], network.nodes[to]];
            return {
              coords: [
                [a.lng, a.lat],
                [b.lng, b.lat],
              ],
              lineStyle: {
                color: colours.lanes[stepOf(state.load[lane])],
                width: 0.7 + 3.3 * state.width[lane],
                curveness: 0.14,
                opacity: 0.5,
              },
            };
          }),
        },
        {
          type: 'scatter',
          coordinateSystem: 'geo',
          data: network.nodes.map(({ lng, lat }, hub) => ({
            value: [lng, lat],
            symbolSize: 5 + 6 * state.size[hub],
            itemStyle: { color: colours.steps[stepOf(state.fill[hub])] },
          })),
        },
      ],
    });
  };
  chart.setOption({
    animation: false,
    geo: { map: 'china', roam: true, silent: true, itemStyle: { areaColor: colours.land } },
  });
  show(0);
  let second = 0;
  if (changes) setInterval(() => show(++second), 1000);
  chart.on('rendered', () => {
    element.dataset.drawn = 'true';
  });
}
