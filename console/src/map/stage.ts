import type { Language } from '../frame/language.ts';
import { circleAt } from './circles.ts';
import type { MapState } from './contract.ts';
import type { Circles, DrawnNetwork, FromPainter, ToPainter, Wanted } from './messages.ts';
import { joined } from './outlines.ts';
import { boxOfHubs } from './region.ts';
import {
  type Box,
  kept,
  moved,
  NATION,
  onTheWay,
  type Size,
  sameView,
  type View,
  viewOf,
  zoomed,
} from './view.ts';

/** While the view changes, a sharp picture is asked for at most so often, milliseconds … */
const REDRAWN = 300;
/** … and not before so many times as long as the last took: the processor is the gesture's. */
const RESTS = 3;
const GLIDE = 450;
const SHORT_GLIDE = 180;
/** A picture is up to this much wider and higher than the window, so that moving it shows no edge at once … */
const BEYOND = 1.5;
/** … and has at most so many pixels. */
const PIXELS_MOST = 9_000_000;
const DENSITY_MOST = 2;

export interface StageHooks {
  /** Whether outlines were found. */
  readonly onOutlines: (found: boolean) => void;
  /** The view or the circles have changed: what stands above the picture moves with it. */
  readonly onFrame: () => void;
}

/**
 * The map's view and its picture. A worker paints pictures larger than the window; while the view changes, the last
 * one is moved and scaled, which costs the page nothing, and replaced as new ones come. One picture is under way at most.
 */
export class Stage {
  view: View;
  circles: Circles | undefined;
  readonly #window: HTMLElement;
  readonly #canvas: HTMLCanvasElement;
  readonly #hooks: StageHooks;
  readonly #painter: Worker;
  readonly #resize: ResizeObserver;
  #size: Size;
  #boxes: ReadonlyMap<string, Box> = new Map();
  #nation: Box = NATION;
  #hubs: Box | undefined;
  #painted: Wanted | undefined;
  #painting = false;
  #stale = true;
  #asked = 0;
  #took = 0;
  #frame = 0;
  #glide: { from: View; to: View; start: number; ms: number } | undefined;
  #saved: ((picture: Blob) => void)[] = [];

  constructor(window: HTMLElement, canvas: HTMLCanvasElement, hooks: StageHooks) {
    this.#window = window;
    this.#canvas = canvas;
    this.#hooks = hooks;
    this.#size = sizeOf(window);
    this.view = viewOf(NATION, this.#size);
    this.#painter = new Worker(new URL('./painter-worker.ts', import.meta.url), { type: 'module' });
    this.#painter.addEventListener('message', ({ data }: MessageEvent<FromPainter>) =>
      this.#take(data),
    );
    this.#resize = new ResizeObserver(() => this.#resized());
    this.#resize.observe(window);
    this.#tell({ kind: 'outlines', url: new URL('/outlines/china.json', document.baseURI).href });
  }

  leave(): void {
    this.#painter.terminate();
    this.#resize.disconnect();
    cancelAnimationFrame(this.#frame);
  }

  get size(): Size {
    return this.#size;
  }

  showNetwork(network: DrawnNetwork): void {
    this.#hubs = boxOfHubs(network, '000000');
    this.#setNation();
    this.#tell({ kind: 'network', network });
    this.#redraw();
  }

  showState(state: MapState): void {
    this.#tell({ kind: 'state', state });
    this.#redraw();
  }

  look(dark: boolean, language: Language, region: string): void {
    this.#tell({ kind: 'look', dark, language, region });
    this.#redraw();
  }

  /** The box of a region's outline; undefined where there is none. */
  boxOf(region: string): Box | undefined {
    return this.#boxes.get(region);
  }

  /** All outlines and all hubs. */
  get nation(): Box {
    return this.#nation;
  }

  move(px: number, py: number): void {
    this.#go(moved(this.view, px, py));
  }

  /** Magnifies about a pixel of the window. */
  zoom(by: number, px = this.#size.width / 2, py = this.#size.height / 2): void {
    this.#go(zoomed(this.view, by, px, py, this.#size));
  }

  /** Glides; at once where motion is not wanted. */
  glide(to: View, ms = GLIDE): void {
    const target = kept(to, this.#nation, this.#size);
    if (matchMedia('(prefers-reduced-motion: reduce)').matches || this.#painted === undefined) {
      this.#go(target);
      return;
    }
    this.#glide = { from: this.view, to: target, start: performance.now(), ms };
    this.#wake();
  }

  /** The same as `zoom`, in a glide; goes on from where one under way ends. */
  glideBy(factor: number, px = this.#size.width / 2, py = this.#size.height / 2): void {
    const from = this.#glide?.to ?? this.view;
    this.glide(zoomed(from, factor, px, py, this.#size), SHORT_GLIDE);
  }

  show(box: Box): void {
    this.glide(viewOf(box, this.#size));
  }

  showAtOnce(box: Box): void {
    this.#go(viewOf(box, this.#size));
  }

  /** The circle at a pixel of the window; −1: none. */
  circleAt(px: number, py: number): number {
    if (this.circles === undefined) return -1;
    const { width, height } = this.#size;
    return circleAt(this.circles, this.view, px - width / 2, py - height / 2);
  }

  /** Where a circle stands, in pixels of the window. */
  placeOf(circle: number): { x: number; y: number; reach: number } | undefined {
    const c = this.circles;
    if (c === undefined || !(circle >= 0 && circle < c.x.length)) return undefined;
    return {
      x: (c.x[circle] - this.view.x) * this.view.scale + c.dx[circle] + this.#size.width / 2,
      y: (c.y[circle] - this.view.y) * this.view.scale + c.dy[circle] + this.#size.height / 2,
      reach: c.reach[circle],
    };
  }

  /** What is seen as a PNG, at twice the pixels of CSS, with title and note below. */
  save(title: string, note: string): Promise<Blob> {
    const wanted = { view: this.view, size: this.#size, density: 2, window: this.#size };
    this.#tell({ kind: 'save', wanted, title, note });
    return new Promise((resolve) => this.#saved.push(resolve));
  }

  #take(message: FromPainter): void {
    if (message.kind === 'saved') this.#saved.shift()?.(message.picture);
    else if (message.kind === 'drawn') this.#hang(message);
    else {
      this.#boxes = message.boxes;
      this.#setNation();
      this.#hooks.onOutlines(message.boxes.size > 0);
      this.#redraw();
    }
  }

  #hang({ bitmap, wanted, circles }: Extract<FromPainter, { kind: 'drawn' }>): void {
    this.#painting = false;
    this.#took = performance.now() - this.#asked;
    const { width, height } = wanted.size;
    this.#canvas.style.width = `${width}px`;
    this.#canvas.style.height = `${height}px`;
    this.#canvas.getContext('bitmaprenderer')?.transferFromImageBitmap(bitmap);
    this.#painted = wanted;
    this.circles = circles;
    if (circles !== undefined) this.#window.dataset.drawn = 'true';
    this.#place();
    if (this.#stale || !sameView(wanted.view, this.view)) this.#wake();
  }

  /** Puts the picture where it belongs in the present view. */
  #place(): void {
    if (this.#painted === undefined) return;
    const { view, size } = this.#painted;
    const by = this.view.scale / view.scale;
    const x = (view.x - this.view.x) * this.view.scale + (this.#size.width - size.width * by) / 2;
    const y = (view.y - this.view.y) * this.view.scale + (this.#size.height - size.height * by) / 2;
    this.#window.dataset.scale = String(Math.round(this.view.scale));
    this.#canvas.style.transform = `matrix(${by}, 0, 0, ${by}, ${x}, ${y})`;
    this.#hooks.onFrame();
  }

  #go(view: View): void {
    this.#glide = undefined;
    this.view = kept(view, this.#nation, this.#size);
    this.#wake();
  }

  #setNation(): void {
    const land = this.#boxes.get('000000') ?? NATION;
    this.#nation = this.#hubs ? joined([land, this.#hubs]) : land;
  }

  #redraw(): void {
    this.#stale = true;
    this.#wake();
  }

  #resized(): void {
    const size = sizeOf(this.#window);
    if (size.width === this.#size.width && size.height === this.#size.height) return;
    const by = Math.sqrt((size.width * size.height) / (this.#size.width * this.#size.height));
    this.view = kept({ ...this.view, scale: this.view.scale * by }, this.#nation, size);
    this.#size = size;
    this.#redraw();
  }

  #wake(): void {
    if (this.#frame === 0) this.#frame = requestAnimationFrame((now) => this.#step(now));
  }

  #step(now: number): void {
    this.#frame = 0;
    if (this.#glide) this.#glideOn(now);
    this.#place();
    const moves = this.#painted !== undefined && !sameView(this.#painted.view, this.view);
    if (!this.#stale && !moves) return;
    if (
      !this.#painting &&
      (this.#stale || now - this.#asked >= Math.max(REDRAWN, RESTS * this.#took))
    )
      this.#ask(now);
    else if (!this.#painting || this.#glide) this.#wake();
  }

  #glideOn(now: number): void {
    if (this.#glide === undefined) return;
    const { from, to, start, ms } = this.#glide;
    const share = Math.min(1, Math.max(0, (now - start) / ms));
    this.view = share === 1 ? to : onTheWay(from, to, 1 - (1 - share) ** 3);
    if (share === 1) this.#glide = undefined;
    else this.#wake();
  }

  #ask(now: number): void {
    const { width, height } = this.#size;
    if (width === 0 || height === 0) return;
    const density = Math.min(DENSITY_MOST, devicePixelRatio);
    const most = Math.sqrt(PIXELS_MOST / (width * height * density * density));
    const beyond = Math.max(1, Math.min(BEYOND, most));
    // The same whole number of pixels on both sides: at rest, pixels of the picture are pixels of the screen.
    const beside = (length: number) => length + 2 * Math.round((length * (beyond - 1)) / 2);
    const size = { width: beside(width), height: beside(height) };
    this.#painting = true;
    this.#stale = false;
    this.#asked = now;
    this.#tell({ kind: 'draw', wanted: { view: this.view, size, density, window: this.#size } });
  }

  #tell(message: ToPainter): void {
    this.#painter.postMessage(message, []);
  }
}

function sizeOf({ clientWidth, clientHeight }: HTMLElement): Size {
  return { width: clientWidth, height: clientHeight };
}
