import type { EChartsOption } from 'echarts';
import type { EChartsType } from 'echarts/core';
import { useEffect, useRef } from 'react';

type Library = typeof import('./echarts.ts');

interface ChartProps {
  readonly option: EChartsOption;
  /** What the picture shows, for those who do not see it. */
  readonly label: string;
  readonly height: number;
  /** Called with the data index and series name of what was clicked. */
  readonly onChoose?: (index: number) => void;
  /** Runs before the first drawing, to register a map. */
  readonly prepare?: (library: Library) => void;
}

/** A chart on a canvas that follows its option and its container's size. */
export function Chart({ option, label, height, onChoose, prepare }: ChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<EChartsType>(null);
  const latest = useRef({ option, onChoose, prepare });
  latest.current = { option, onChoose, prepare };
  useEffect(() => {
    const element = place.current;
    if (element === null) return undefined;
    let gone = false;
    const resize = new ResizeObserver(() => chart.current?.resize());
    const draw = async () => {
      const library = await import('./echarts.ts');
      if (gone) return;
      latest.current.prepare?.(library);
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
  return <div ref={place} className="chart" style={{ height }} role="img" aria-label={label} />;
}
