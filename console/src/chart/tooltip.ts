import type { TooltipComponentFormatterCallbackParams } from 'echarts';
import type { Palette } from './palette.ts';

/** What every tooltip looks like. */
export function tooltipStyle(palette: Palette) {
  return {
    confine: true,
    backgroundColor: palette.surface,
    borderColor: palette.line,
    textStyle: { color: palette.text, fontSize: 13 },
  };
}

/** The index of the data under the pointer. */
export function hoveredIndex(params: TooltipComponentFormatterCallbackParams): number {
  return (Array.isArray(params) ? params[0] : params).dataIndex;
}

/** Names come from the scenario's files: they are text, never markup. */
export function plainText(text: string): string {
  const entity: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return text.replace(/[&<>"]/g, (c) => entity[c]);
}
