import * as fc from 'fast-check';
import { test } from 'vitest';
import * as codec from '../../src/track/batch-codec.js';
import { History, MemoryChunks } from '../../src/track/history.js';
import { stateHash } from '../../src/track/network-state.js';
import * as snapshot from '../../src/track/snapshot.js';
import { Track } from '../../src/track/track.js';
import { Tracking } from '../../src/track/tracking.js';
import { arbitraryDrill, type Rooms, runDrill } from '../support/track-drill.js';

const rooms: Rooms = { Tracking, Track, History, MemoryChunks, stateHash, ...snapshot, ...codec };

test('T1, T2, T3, T4, T5, T6: 2,000 sets in five ways each: outcomes and figures as recounted, one state', () => {
  fc.assert(
    fc.property(arbitraryDrill, (drill) => {
      runDrill(rooms, drill);
    }),
    { numRuns: 2000 },
  );
});
