import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type {
  LiveAnswer,
  LiveFlowsAnswer,
  LiveWarningsAnswer,
} from '../../../src/edge/http/live-schema.ts';
import { ask, CallProblem } from './client.ts';
import { followNetwork, type Network } from './live-stream.ts';

/* The API of the network as it lives. What changes comes by the stream, or is asked for again. */

/** How often flows and warnings are asked for again: slots are long, and warnings are assessed every 20 s. */
const POLL_MS = 5000;

/** What there is to watch; refused with 404 where nothing is tracked. */
export const useLive = () =>
  useQuery({
    queryKey: ['live'],
    queryFn: ({ signal }) => ask<LiveAnswer>('live', {}, { signal }),
    retry: (failures, error) => failures < 1 && !(error instanceof CallProblem),
  });

export const useLiveFlows = (id: string) =>
  useQuery({
    queryKey: ['live', 'flows', id],
    queryFn: ({ signal }) =>
      ask<LiveFlowsAnswer>(`live/resources/${encodeURIComponent(id)}/flows`, {}, { signal }),
    staleTime: 0,
    refetchInterval: POLL_MS,
  });

export const useLiveWarnings = () =>
  useQuery({
    queryKey: ['live', 'warnings'],
    queryFn: ({ signal }) => ask<LiveWarningsAnswer>('live/warnings', {}, { signal }),
    staleTime: 0,
    refetchInterval: POLL_MS,
  });

/** The network as the server tells it. */
export function useNetwork(): Network {
  const [network, tell] = useState<Network>({ isLost: false });
  useEffect(() => followNetwork(tell), []);
  return network;
}
