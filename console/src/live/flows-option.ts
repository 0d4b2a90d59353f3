import type { EChartsOption } from 'echarts';
import type { LiveFlowsAnswer, ScanKind } from '../../../src/edge/http/live-schema.ts';
import { FONT, type Palette } from '../chart/palette.ts';
import { parcelAxis } from '../chart/time-axis.ts';
import { hoveredIndex, tooltipStyle } from '../chart/tooltip.ts';
import type { Format } from '../words/format.ts';

type Slot = LiveFlowsAnswer['slots'][number];

/** By their rank in a parcel's life, as the server has them. */
const KINDS: readonly ScanKind[] = [
  'accepted',
  'arrived',
  'exception',
  'held',
  'departed',
  'out',
  'placed',
  'delivered',
  'returned',
];

interface ShownFlows {
  readonly slots: readonly Slot[];
  /** Parcels a slot. */
  readonly capacity: number;
  /** Parcels that each tracked one stands for. */
  readonly scale: number;
}

interface FlowWords {
  readonly axis: string;
  readonly capacity: string;
  readonly open: string;
  readonly corrected: (n: string) => string;
  readonly kind: (kind: ScanKind) => string;
}

/** The kinds that were scanned in some slot. */
export function kindsOf(slots: readonly Slot[]): ScanKind[] {
  return KINDS.filter((kind) => slots.some(({ scans }) => scans[kind] > 0));
}

/** What comes in and what goes out stand out; the rest share the colours of parts. */
export function flowColours({
  planned,
  atOnce,
  parts,
}: Palette): Readonly<Record<ScanKind, string>> {
  const [, , exception, held, out, placed, accepted, returned] = parts;
  return {
    arrived: planned,
    departed: atOnce,
    accepted,
    exception,
    held,
    out,
    placed,
    delivered: parts[1],
    returned,
  };
}

/** Bars by slot, one a kind, against the capacity of a slot. */
export function flowsOption(
  { slots, capacity, scale }: ShownFlows,
  words: FlowWords,
  format: Format,
  palette: Palette,
): EChartsOption {
  const colours = flowColours(palette);
  const kinds = kindsOf(slots);
  const told = (slot: Slot, kind: ScanKind): string => {
    const late = slot.corrections[kind];
    const corrected = late === 0 ? '' : ` (${words.corrected(signed(late, format))})`;
    return `${words.kind(kind)}: ${format.exact(scale * slot.scans[kind])}${corrected}`;
  };
  return {
    animation: false,
    textStyle: { fontFamily: FONT },
    tooltip: {
      ...tooltipStyle(palette),
      trigger: 'axis',
      axisPointer: { type: 'shadow' },
      formatter: (params) => {
        const slot = slots[hoveredIndex(params)];
        const open = slot.closed ? '' : ` (${words.open})`;
        return [
          `<b>${format.minute(slot.slotStart)}</b>${open}`,
          ...kinds.map((kind) => told(slot, kind)),
          `${words.capacity}: ${format.exact(capacity)}`,
        ].join('<br>');
      },
    },
    grid: { left: 64, right: 16, top: 34, bottom: 28 },
    xAxis: {
      type: 'category',
      data: slots.map(({ slotStart }) => slotStart),
      axisTick: { show: false },
      axisLine: { lineStyle: { color: palette.line } },
      axisLabel: {
        color: palette.faint,
        fontSize: 12,
        hideOverlap: true,
        formatter: (start: string) => format.clock(start),
      },
    },
    yAxis: parcelAxis(words.axis, format, palette),
    series: [
      ...kinds.map((kind) => ({
        type: 'bar' as const,
        barGap: '0%',
        barCategoryGap: '25%',
        data: slots.map(({ scans }) => scale * scans[kind]),
        itemStyle: { color: colours[kind] },
      })),
      {
        type: 'line',
        symbol: 'none',
        data: slots.map(() => capacity),
        lineStyle: { color: palette.capacity, width: 2, type: 'dashed' },
      },
    ],
  };
}

function signed(n: number, format: Format): string {
  return `${n > 0 ? '+' : '−'}${format.exact(Math.abs(n))}`;
}
