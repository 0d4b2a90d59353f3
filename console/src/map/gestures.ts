import type { Stage } from './stage.ts';

export interface GestureHooks {
  readonly onPoint: (px: number, py: number) => void;
  readonly onLeave: () => void;
  readonly onClick: (px: number, py: number) => void;
}

/** Pixels: a wheel turns by notches of at least so many and glides; a pad sends many small steps and needs no glide. */
const NOTCH = 50;
/** Pixels within which a press is a click. */
const STILL = 4;

/** Wheel, drag and pinch move the stage; what is left are pointing and clicks. Answers how to stop listening. */
export function listenToGestures(
  window: HTMLElement,
  stage: Stage,
  hooks: GestureHooks,
): () => void {
  const ended = new AbortController();
  const options = { signal: ended.signal };
  const pointers = new Map<number, { x: number; y: number }>();
  let travelled = 0;

  const at = (event: MouseEvent) => {
    const { left, top } = window.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };
  const down = (event: PointerEvent) => {
    if (event.button !== 0 || isControl(event)) return;
    if (pointers.size === 0) travelled = 0;
    pointers.set(event.pointerId, at(event));
    window.setPointerCapture(event.pointerId);
  };
  const move = (event: PointerEvent) => {
    const to = at(event);
    const from = pointers.get(event.pointerId);
    if (from === undefined) {
      if (!isControl(event)) hooks.onPoint(to.x, to.y);
      return;
    }
    const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
    travelled += Math.hypot(to.x - from.x, to.y - from.y);
    if (other) pinch(stage, other, from, to);
    else if (travelled > STILL) stage.move(to.x - from.x, to.y - from.y);
    pointers.set(event.pointerId, to);
    if (travelled > STILL) hooks.onLeave();
  };
  const up = (event: PointerEvent) => {
    if (!pointers.delete(event.pointerId) || pointers.size > 0) return;
    const { x, y } = at(event);
    if (event.type === 'pointerup' && travelled <= STILL) hooks.onClick(x, y);
  };
  const wheel = (event: WheelEvent) => {
    event.preventDefault();
    const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 24 : 1;
    const { x, y } = at(event);
    hooks.onLeave();
    const by = Math.exp(-event.deltaY * lines * (event.ctrlKey ? 0.01 : 0.002));
    if (Math.abs(event.deltaY) * lines >= NOTCH) stage.glideBy(by, x, y);
    else stage.zoom(by, x, y);
  };
  const twice = (event: MouseEvent) => {
    const { x, y } = at(event);
    if (!isControl(event)) stage.glideBy(2, x, y);
  };
  window.addEventListener('pointerdown', down, options);
  window.addEventListener('pointermove', move, options);
  window.addEventListener('pointerup', up, options);
  window.addEventListener('pointercancel', up, options);
  window.addEventListener('pointerleave', hooks.onLeave, options);
  window.addEventListener('wheel', wheel, { ...options, passive: false });
  window.addEventListener('dblclick', twice, options);
  return () => ended.abort();
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** One finger stays, the other moves: scale by their distance, move by their middle. */
function pinch(stage: Stage, still: Point, from: Point, to: Point): void {
  const before = Math.hypot(from.x - still.x, from.y - still.y);
  const after = Math.hypot(to.x - still.x, to.y - still.y);
  stage.zoom(after / Math.max(1, before), (from.x + still.x) / 2, (from.y + still.y) / 2);
  stage.move((to.x - from.x) / 2, (to.y - from.y) / 2);
}

/** Buttons above the map are no part of it. */
function isControl({ target }: Event): boolean {
  return target instanceof Element && target.closest('button, [role="listbox"]') !== null;
}

/** Pixels an arrow key moves. */
const STRIDE = 90;

/** Keys of the map; false: not one of them. */
export function takeKey(key: string, stage: Stage): boolean {
  if (key === 'ArrowLeft') stage.move(STRIDE, 0);
  else if (key === 'ArrowRight') stage.move(-STRIDE, 0);
  else if (key === 'ArrowUp') stage.move(0, STRIDE);
  else if (key === 'ArrowDown') stage.move(0, -STRIDE);
  else if (key === '+' || key === '=') stage.glideBy(1.6);
  else if (key === '-' || key === '_') stage.glideBy(1 / 1.6);
  else if (key === '0') stage.show(stage.nation);
  else return false;
  return true;
}
