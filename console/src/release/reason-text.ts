import { useTranslation } from 'react-i18next';
import type { Reason } from '../../../src/client/api.ts';
import { useShownSeason } from '../words/season.tsx';
import { resourceName } from './names.ts';

const WORDS = {
  share: ['why.share'],
  hoarding: ['why.hoarding'],
  'no-slot': ['why.noSlot', 'why.noSlot.cure'],
  'beyond-horizon': ['why.beyondHorizon'],
  'no-route': ['why.noRoute'],
  binds: [],
  none: [],
} as const;

function isKnown(code: string): code is keyof typeof WORDS {
  return Object.hasOwn(WORDS, code);
}

/** A reason as sentences in the reader's language (G9): the rule, and the resource, slot and price that bind. */
export function useReasonText(): (reason: Reason) => string[] {
  const { t } = useTranslation('release');
  const season = useShownSeason();
  const { format } = season;
  return ({ code, resource, slotStart, price, text }) => {
    if (!isKnown(code)) return [text];
    const sentences = WORDS[code].map((word) => t(word));
    if (resource === undefined || slotStart === undefined) return sentences;
    const binding = {
      resource: resourceName(season, resource),
      time: format.minute(slotStart),
      price: format.decimal(price ?? 0, 2),
    };
    return [...sentences, t('why.binds', binding)];
  };
}
