import type { Language } from '../frame/language.ts';
import { type Bundles, bundlesOf } from './bundles.ts';
import { circlesOf } from './circles.ts';
import { mapColours } from './colours.ts';
import type { MapState } from './contract.ts';
import { type Items, layOut, levelOf, type Places, placesOf } from './layout.ts';
import type { Circles, DrawnNetwork, Wanted } from './messages.ts';
import { joined, type Outline } from './outlines.ts';
import { paintHubs } from './paint-hubs.ts';
import { paintLabels } from './paint-labels.ts';
import { framePath, insetPath, type Land, landPath, paintLand } from './paint-land.ts';
import { type Brush, paintLanes } from './paint-lanes.ts';
import { seenIn } from './seen.ts';
import { type Box, NATION, viewOf } from './view.ts';

/** Pixels: so large are circles of few places in a small window, else they could not be read or hit. */
const SMALL = 6.5;

/** Draws the map; knows neither the page nor messages. */
export class Painter {
  #land: Land | undefined;
  #outlines: readonly Outline[] = [];
  #nation: Box = NATION;
  #network: DrawnNetwork | undefined;
  #places: Places | undefined;
  #state: MapState | undefined;
  #laidOut: { level: number; r: number; items: Items; bundles: Bundles } | undefined;
  #dark = false;
  #language: Language = 'zh';
  #region = '000000';

  /** None: a frame stands in their place. */
  takeOutlines(outlines: readonly Outline[]): void {
    this.#outlines = outlines;
    if (outlines.length > 0) this.#nation = joined(outlines.map(({ box }) => box));
    this.#land =
      outlines.length > 0
        ? { land: landPath(outlines), inset: insetPath() }
        : { land: framePath(NATION), inset: undefined };
  }

  takeNetwork(network: DrawnNetwork): void {
    this.#network = network;
    this.#places = placesOf(network.x, network.y);
    this.#laidOut = undefined;
    this.#state = undefined;
  }

  takeState(state: MapState): void {
    this.#state = state;
  }

  takeLook(dark: boolean, language: Language, region: string): void {
    this.#region = region;
    this.#dark = dark;
    this.#language = language;
  }

  /** Paints what is wanted and says where the circles are; undefined until there is a network with a state. */
  paint(brush: Brush, wanted: Wanted): Circles | undefined {
    const colours = mapColours(this.#dark);
    brush.setTransform(wanted.density, 0, 0, wanted.density, 0, 0);
    paintLand(brush, this.#land, this.#provinceShown(), wanted, colours);
    const [network, places, state] = [this.#network, this.#places, this.#state];
    if (!network || !places || !state) return undefined;
    const r = this.#radius(wanted, places);
    const { items, bundles } = this.#layOut(network, places, levelOf(wanted.view.scale), r);
    const circles = circlesOf(items, state, r);
    paintLanes(brush, { bundles, items, state }, wanted, colours);
    const seen = seenIn(circles, wanted);
    paintHubs(brush, circles, seen, state, colours);
    const [outlines, language] = [this.#outlines, this.#language];
    paintLabels(brush, { circles, seen, network, state, outlines, language }, wanted, colours);
    return circles;
  }

  /** The province that the region is or lies in; undefined: the nation. */
  #provinceShown(): Outline | undefined {
    const province = `${this.#region.slice(0, 2)}0000`;
    return this.#outlines.find(({ region }) => region === province);
  }

  #layOut(network: DrawnNetwork, places: Places, level: number, r: number) {
    if (this.#laidOut?.level === level && this.#laidOut.r === r) return this.#laidOut;
    const items = layOut(places, level, r);
    const bundles = bundlesOf(network.from, network.to, items);
    this.#laidOut = { level, r, items, bundles };
    return this.#laidOut;
  }

  /** Pixels: the fewer the places and the nearer, the larger; grows by levels, so that a layout can be kept. */
  #radius({ view, window }: Wanted, places: Places): number {
    const room = Math.sqrt((window.width * window.height) / Math.max(1, places.x.length));
    const most = Math.max(SMALL, Math.min(window.width, window.height) / 75);
    const far = Math.min(most, Math.max(0.45 * most, 0.16 * room));
    const nearer = levelOf(view.scale) - levelOf(viewOf(this.#nation, window).scale);
    return far * Math.min(1.7, Math.max(1, 2 ** (nearer / 12)));
  }
}
