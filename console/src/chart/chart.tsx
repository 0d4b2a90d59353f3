import type { EChartsOption } from 'echarts';
import type { EChartsType, registerMap } from 'echarts/core';
import { useEffect, useRef } from 'react';
import { SaveImage } from './save-image.tsx';

interface ChartProps {
  readonly option: EChartsOption;
  /** What the picture shows, for those who do not see it. */
  readonly label: string;
  /** CSS length. */
  readonly height: string;
  /** Called with the data index of what was clicked. */
  readonly onChoose?: (index: number) => void;
  /** Outlines of the country, for an option that draws on the map `china`. */
  readonly outlines?: Outlines;
}

/** GeoJSON, as text or parsed. */
type Outlines = Parameters<typeof registerMap>[1];

/** A chart on a canvas that follows its option and its container's size. */
export function Chart({ option, label, height, onChoose, outlines }: ChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType>(null);
  const latest = useRef({ option, onChoose, outlines });
  latest.current = { option, onChoose, outlines };
  useEffect(() => {
    const element = place.current;
    if (element === null) return undefined;
    let gone = false;
    const resize = new ResizeObserver(() => chart.current?.resize());
    const draw = async () => {
      const library = await import('./echarts.ts');
      if (gone) return;
      if (latest.current.outlines) library.registerMap('china', latest.current.outlines);
      const made = library.init(element);
      made.setOption(latest.current.option);
      made.on('click', (event) => latest.current.onChoose?.(event.dataIndex));
      chart.current = made;
      element.dataset.drawn = 'true';
      resize.observe(element);
    };
    void draw();
    return () => {
      gone = true;
      resize.disconnect();
      chart.current?.dispose();
      chart.current = null;
    };
  }, []);
  useEffect(() => chart.current?.setOption(option, { notMerge: true }), [option]);
  return (
    <div className="chart-frame">
      <div ref={place} className="chart" style={{ height }} role="img" aria-label={label} />
      <SaveImage label={label} image={() => chart.current && imageOf(chart.current)} />
    </div>
  );
}

/** As it is drawn, twice as fine, on the ground of its card. */
function imageOf(chart: EChartsType): string {
  const ground = getComputedStyle(chart.getDom()).getPropertyValue('--surface').trim();
  return chart.getDataURL({ type: 'png', pixelRatio: 2, backgroundColor: ground });
}
