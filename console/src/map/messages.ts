import type { Language } from '../frame/language.ts';
import type { MapState } from './contract.ts';
import type { Box, Size, View } from './view.ts';

/** What never changes of a network, on the plane (projection.ts). */
export interface DrawnNetwork {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly names: readonly string[];
  /** Of its city, GB/T 2260. */
  readonly regions: readonly string[];
  readonly from: Int32Array;
  readonly to: Int32Array;
}

/** A picture wanted: the view is its middle; `size` in pixels of CSS, `density` pixels of the picture for one of these. */
export interface Wanted {
  readonly view: View;
  readonly size: Size;
  readonly density: number;
  /** Pixels of CSS of the window that the picture is made for: it decides how large circles are. */
  readonly window: Size;
}

/** To the painter, a worker. */
export type ToPainter =
  | { readonly kind: 'outlines'; readonly url: string }
  | { readonly kind: 'network'; readonly network: DrawnNetwork }
  | { readonly kind: 'state'; readonly state: MapState }
  | {
      readonly kind: 'look';
      readonly dark: boolean;
      readonly language: Language;
      readonly region: string;
    }
  | { readonly kind: 'draw'; readonly wanted: Wanted }
  | {
      readonly kind: 'save';
      readonly wanted: Wanted;
      readonly title: string;
      readonly note: string;
    };

/** Circles as drawn, the last on top; columns. */
export interface Circles {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly dx: Float32Array;
  readonly dy: Float32Array;
  readonly radius: Float32Array;
  /** How far rays and rings around it reach, pixels from its middle. */
  readonly reach: Float32Array;
  /** The hub that is shown, and how many share the circle. */
  readonly hub: Int32Array;
  /** Its marks, and that one of those that share the circle is warned of. */
  readonly marks: Uint8Array;
  readonly hubs: Uint16Array;
  /** By hub: its circle. */
  readonly circleOf: Int32Array;
}

/** From the painter. */
export type FromPainter =
  | { readonly kind: 'outlines'; readonly boxes: ReadonlyMap<string, Box> }
  | {
      readonly kind: 'drawn';
      readonly bitmap: ImageBitmap;
      readonly wanted: Wanted;
      /** Undefined until there is a network with a state. */
      readonly circles: Circles | undefined;
    }
  | { readonly kind: 'saved'; readonly picture: Blob };
