import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bundleLoad, bundlesOf } from '../../console/src/map/bundles.ts';
import { circleAt, circlesOf } from '../../console/src/map/circles.ts';
import type { MapState } from '../../console/src/map/contract.ts';
import {
  CITY_SCALE,
  layOut,
  levelOf,
  placesOf,
  spreadX,
  spreadY,
} from '../../console/src/map/layout.ts';
import { readOutlines } from '../../console/src/map/outlines.ts';
import { projectX, projectY, unproject } from '../../console/src/map/projection.ts';
import { urgency } from '../../console/src/map/steps.ts';
import { moved, onTheWay, viewOf, zoomed } from '../../console/src/map/view.ts';

const OUTLINES = new URL('../../console/public/outlines/china.json', import.meta.url);
const SIZE = { width: 1200, height: 800 };

const place = fc.record({
  lng: fc.double({ min: 73, max: 135, noNaN: true }),
  lat: fc.double({ min: 4, max: 54, noNaN: true }),
});

/** Some at the same place, some within a few pixels of another. */
const hubs = fc
  .array(fc.tuple(place, fc.integer({ min: 1, max: 9 })), { minLength: 1, maxLength: 40 })
  .map((places) =>
    places.flatMap(([{ lng, lat }, m]) => Array.from({ length: m }, () => ({ lng, lat }))),
  );

const scale = fc.double({ min: 500, max: 40_000, noNaN: true });
const radius = fc.double({ min: 3, max: 12, noNaN: true });

function onPlane(at: readonly { lng: number; lat: number }[]) {
  const x = Float64Array.from(at, ({ lng, lat }) => projectX(lng, lat));
  const y = Float64Array.from(at, ({ lng, lat }) => projectY(lng, lat));
  return { x, y };
}

function column(of: fc.Arbitrary<number>, length: number) {
  return fc.array(of, { minLength: length, maxLength: length });
}

function stateOf(n: number, lanes = 0): fc.Arbitrary<MapState> {
  const share = fc.oneof(fc.float({ min: 0, max: 1.5, noNaN: true }), fc.constant(Number.NaN));
  const unit = fc.float({ min: 0, max: 1, noNaN: true });
  return fc
    .tuple(
      column(share, n),
      column(unit, n),
      column(fc.integer({ min: 0, max: 7 }), n),
      column(share, lanes),
      column(unit, lanes),
    )
    .map(([fill, size, marks, load, width]) => ({
      fill: Float32Array.from(fill),
      size: Float32Array.from(size),
      marks: Uint8Array.from(marks),
      load: Float32Array.from(load),
      width: Float32Array.from(width),
    }));
}

describe('the projection', () => {
  test('goes to the plane and back', () => {
    fc.assert(
      fc.property(place, ({ lng, lat }) => {
        const back = unproject(projectX(lng, lat), projectY(lng, lat));
        expect(back.lng).toBeCloseTo(lng, 9);
        expect(back.lat).toBeCloseTo(lat, 9);
      }),
    );
  });

  test('keeps areas', () => {
    const side = 0.01;
    fc.assert(
      fc.property(place, ({ lng, lat }) => {
        const [ax, ay] = [
          projectX(lng + side, lat) - projectX(lng, lat),
          projectY(lng + side, lat) - projectY(lng, lat),
        ];
        const [bx, by] = [
          projectX(lng, lat + side) - projectX(lng, lat),
          projectY(lng, lat + side) - projectY(lng, lat),
        ];
        const globe = (side * Math.PI) / 180;
        const area = globe * globe * Math.cos((lat * Math.PI) / 180);
        expect(Math.abs(ax * by - ay * bx) / area).toBeCloseTo(1, 3);
      }),
    );
  });
});

describe('views', () => {
  const view = fc.record({
    x: fc.double({ min: -0.4, max: 0.4, noNaN: true }),
    y: fc.double({ min: -0.3, max: 0.3, noNaN: true }),
    scale,
  });

  test('magnify about the pixel pointed at', () => {
    const pixel = fc.double({ min: 0, max: 800, noNaN: true });
    fc.assert(
      fc.property(
        view,
        pixel,
        pixel,
        fc.double({ min: 0.2, max: 5, noNaN: true }),
        (from, px, py, by) => {
          const to = zoomed(from, by, px, py, SIZE);
          const under = (v: typeof from) => v.x + (px - SIZE.width / 2) / v.scale;
          const below = (v: typeof from) => v.y + (py - SIZE.height / 2) / v.scale;
          expect(under(to)).toBeCloseTo(under(from), 9);
          expect(below(to)).toBeCloseTo(below(from), 9);
        },
      ),
    );
  });

  test('glide from one to the other, never turning back', () => {
    fc.assert(
      fc.property(view, view, (from, to) => {
        expect(onTheWay(from, to, 0)).toEqual(from);
        const end = onTheWay(from, to, 1);
        expect([end.x, end.y]).toEqual([expect.closeTo(to.x, 9), expect.closeTo(to.y, 9)]);
        const half = onTheWay(from, to, 0.5);
        expect(half.scale).toBeCloseTo(Math.sqrt(from.scale * to.scale), 6);
        expect(Math.abs(half.x - from.x)).toBeLessThanOrEqual(Math.abs(to.x - from.x) + 1e-12);
      }),
    );
  });

  test('move by pixels', () => {
    expect(moved({ x: 0, y: 0, scale: 100 }, 50, -20)).toEqual({ x: -0.5, y: 0.2, scale: 100 });
  });
});

describe('the layout', () => {
  test('puts each hub in one circle; spread hubs keep their order and do not touch', () => {
    fc.assert(
      fc.property(hubs, scale, radius, (at, zoom, r) => {
        const { x, y } = onPlane(at);
        const places = placesOf(x, y);
        const items = layOut(places, levelOf(zoom), r);
        const counted = new Uint16Array(items.size);
        for (const item of items.itemOf) counted[item]++;
        expect(counted).toEqual(items.hubs.slice(0, items.size));
        for (let p = 0; p < places.x.length; p++) {
          const own = [...places.hubs.subarray(places.start[p], places.start[p + 1])];
          expect(own).toEqual(own.toSorted((a, b) => a - b));
          const first = items.itemOf[own[0]];
          const spread = own.length > 1 && items.hubs[first] === 1;
          const expected = own.map((_, i) => (spread ? first + i : first));
          expect(own.map((hub) => items.itemOf[hub])).toEqual(expected);
        }
      }),
    );
    for (let m = 2; m <= 60; m++) {
      for (let i = 0; i < m; i++) {
        for (let j = 0; j < i; j++) {
          const apart = Math.hypot(
            spreadX(i, m, 5) - spreadX(j, m, 5),
            spreadY(i, m, 5) - spreadY(j, m, 5),
          );
          expect(apart, `${i} and ${j} of ${m}`).toBeGreaterThan(10);
        }
      }
    }
  });

  test('shares no circle at the scale of a city', () => {
    fc.assert(
      fc.property(hubs, radius, (at, r) => {
        const { x, y } = onPlane(at);
        const items = layOut(placesOf(x, y), levelOf(2 * CITY_SCALE), r);
        expect(items.size).toBe(at.length);
      }),
    );
  });

  test('far away, neighbours share a circle: no two that share are more than its width from the first', () => {
    fc.assert(
      fc.property(hubs, radius, (at, r) => {
        const { x, y } = onPlane(at);
        const level = levelOf(1000);
        const items = layOut(placesOf(x, y), level, r);
        at.forEach((_, hub) => {
          const item = items.itemOf[hub];
          const away = Math.hypot(x[hub] - items.x[item], y[hub] - items.y[item]);
          expect(away * 2 ** (level / 2)).toBeLessThan(2 * r + 0.1);
        });
      }),
    );
  });
});

describe('circles', () => {
  const world = fc.tuple(hubs, scale, radius).chain(([at, zoom, r]) =>
    stateOf(at.length).map((state) => {
      const { x, y } = onPlane(at);
      const items = layOut(placesOf(x, y), levelOf(zoom), r);
      return { circles: circlesOf(items, state, r), state, zoom, x, y };
    }),
  );

  test('show the most urgent of their hubs, and the most urgent are on top', () => {
    fc.assert(
      fc.property(world, ({ circles, state }) => {
        const of = (hub: number) => urgency(state.fill[hub], state.marks[hub]);
        circles.circleOf.forEach((circle, hub) => {
          expect(of(circles.hub[circle])).toBeGreaterThanOrEqual(of(hub));
        });
        for (let i = 1; i < circles.hub.length; i++) {
          expect(of(circles.hub[i])).toBeGreaterThanOrEqual(of(circles.hub[i - 1]));
        }
      }),
    );
  });

  test('are hit where they are seen: the topmost, as by trying all', () => {
    const pixel = fc.double({ min: -400, max: 400, noNaN: true });
    fc.assert(
      fc.property(world, pixel, pixel, ({ circles, zoom, x, y }, px, py) => {
        const view = { x: x[0], y: y[0], scale: zoom };
        const outside = Array.from(circles.x, (cx, i) => {
          const dx = (cx - view.x) * zoom + circles.dx[i] - px;
          const dy = (circles.y[i] - view.y) * zoom + circles.dy[i] - py;
          return Math.sqrt(dx * dx + dy * dy) - circles.radius[i];
        });
        const within = outside.findLastIndex((gap) => gap <= 0);
        const least = Math.min(...outside);
        const nearest = least < 4 ? outside.lastIndexOf(least) : -1;
        expect(circleAt(circles, view, px, py)).toBe(within >= 0 ? within : nearest);
      }),
    );
  });
});

test('lanes between the same circles are drawn as one, as full as the fullest', () => {
  const lane = fc.tuple(fc.nat(), fc.nat());
  const network = fc
    .tuple(hubs, fc.array(lane, { maxLength: 60 }))
    .chain(([at, ends]) => stateOf(at.length, ends.length).map((state) => ({ at, ends, state })));
  fc.assert(
    fc.property(network, scale, ({ at, ends, state }, zoom) => {
      const { x, y } = onPlane(at);
      const items = layOut(placesOf(x, y), levelOf(zoom), 8);
      const from = Int32Array.from(ends, ([a]) => a % at.length);
      const to = Int32Array.from(ends, ([, b]) => b % at.length);
      const bundles = bundlesOf(from, to, items);
      const fullest = new Map<string, number>();
      from.forEach((a, i) => {
        const [one, other] = [items.itemOf[a], items.itemOf[to[i]]];
        if (one === other) return;
        const known = fullest.get(`${one} ${other}`) ?? Number.NaN;
        const load = state.load[i];
        fullest.set(`${one} ${other}`, known >= load || Number.isNaN(load) ? known : load);
      });
      const got = Array.from(bundles.from, (one, b): [string, number] => [
        `${one} ${bundles.to[b]}`,
        bundleLoad(bundles, b, state),
      ]);
      expect(new Map(got)).toEqual(fullest);
      expect(got.length).toBe(fullest.size);
    }),
  );
});

describe('outlines', () => {
  const outlines = readOutlines(JSON.parse(readFileSync(OUTLINES, 'utf8')));

  test('are read for every province, each with its name within', () => {
    expect(outlines.length).toBe(34);
    const zhejiang = outlines.find(({ region }) => region === '330000');
    const [x, y] = [projectX(120.16, 30.29), projectY(120.16, 30.29)];
    expect(zhejiang?.box.left).toBeLessThan(x);
    expect(zhejiang?.box.right).toBeGreaterThan(x);
    expect(zhejiang?.box.top).toBeLessThan(y);
    expect(zhejiang?.box.bottom).toBeGreaterThan(y);
    for (const { box, middle, region } of outlines) {
      expect(middle.x, region).toBeGreaterThan(box.left);
      expect(middle.x, region).toBeLessThan(box.right);
    }
  });

  test('are read plain as well as packed; what is no area is left out', () => {
    const ring: [number, number][] = [
      [110, 30],
      [112, 30],
      [112, 32],
      [110, 30],
    ];
    const plain = readOutlines({
      features: [
        { properties: { adcode: 420000 }, geometry: { type: 'Polygon', coordinates: [ring] } },
        { properties: null, geometry: { type: 'Point' } },
        { geometry: null },
      ],
    });
    const packed = readOutlines({
      UTF8Scale: 1,
      features: [
        {
          id: '420000',
          geometry: { type: 'Polygon', coordinates: ['@@D@@DCC'], encodeOffsets: [[110, 30]] },
        },
      ],
    });
    expect(plain.map(({ region }) => region)).toEqual(['420000']);
    expect(packed).toEqual(plain);
    expect(viewOf(plain[0].box, SIZE).scale).toBeGreaterThan(10_000);
  });
});
