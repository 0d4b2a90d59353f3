import { mapColours } from './colours.ts';
import type { FromPainter, ToPainter, Wanted } from './messages.ts';
import { joined, readOutlines } from './outlines.ts';
import { FONT } from './paint-hubs.ts';
import { Painter } from './painter.ts';
import type { Box } from './view.ts';

const painter = new Painter();
let dark = false;

self.addEventListener('message', ({ data }: MessageEvent<ToPainter>) => {
  if (data.kind === 'outlines') void fetchOutlines(data.url);
  else if (data.kind === 'network') painter.takeNetwork(data.network);
  else if (data.kind === 'state') painter.takeState(data.state);
  else if (data.kind === 'draw') draw(data.wanted);
  else if (data.kind === 'save') void save(data.wanted, data.title, data.note);
  else {
    dark = data.dark;
    painter.takeLook(data.dark, data.language, data.region);
  }
});

function tell(message: FromPainter, transfer: Transferable[] = []): void {
  self.postMessage(message, { transfer });
}

/** Boxes of the provinces and, as 000000, of all; none where there are no outlines. */
async function fetchOutlines(url: string): Promise<void> {
  const boxes = new Map<string, Box>();
  const response = await fetch(url).catch(() => undefined);
  const outlines = response?.ok ? readOutlines(await response.json()) : [];
  painter.takeOutlines(outlines);
  if (outlines.length > 0) {
    for (const { region, box } of outlines) boxes.set(region, box);
    boxes.set('000000', joined([...boxes.values()]));
  }
  tell({ kind: 'outlines', boxes });
}

function canvasFor({ size, density }: Wanted, more = 0) {
  const canvas = new OffscreenCanvas(size.width * density, (size.height + more) * density);
  const brush = canvas.getContext('2d', { alpha: false });
  if (brush === null) throw new Error('no canvas to draw on');
  return { canvas, brush };
}

function draw(wanted: Wanted): void {
  const { canvas, brush } = canvasFor(wanted);
  const circles = painter.paint(brush, wanted);
  const bitmap = canvas.transferToImageBitmap();
  tell({ kind: 'drawn', bitmap, wanted, circles }, [bitmap]);
}

/** Pixels of CSS below a saved picture, for its title and note. */
const FOOT = 44;

async function save(wanted: Wanted, title: string, note: string): Promise<void> {
  const { canvas, brush } = canvasFor(wanted, FOOT);
  painter.paint(brush, wanted);
  const colours = mapColours(dark);
  brush.fillStyle = colours.halo;
  brush.fillRect(0, wanted.size.height, wanted.size.width, FOOT);
  brush.textAlign = 'left';
  brush.textBaseline = 'middle';
  brush.fillStyle = colours.text;
  brush.font = `600 14px ${FONT}`;
  brush.fillText(title, 12, wanted.size.height + 14, wanted.size.width - 24);
  brush.font = `12px ${FONT}`;
  brush.fillText(note, 12, wanted.size.height + 33, wanted.size.width - 24);
  tell({ kind: 'saved', picture: await canvas.convertToBlob({ type: 'image/png' }) });
}
