import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ResourceAnswer, SeasonAnswer } from '../../../src/edge/http/schema.ts';
import type { Language } from '../frame/language.ts';
import { type Format, formatFor } from '../words/format.ts';
import { kindName } from '../words/kinds.ts';
import { operatorName } from '../words/operators.ts';
import { placeName } from '../words/places.ts';

type Named = Pick<ResourceAnswer, 'id' | 'kind' | 'operator' | 'region'>;

/** The season on show and how it is told in the reader's language. */
export interface Season extends SeasonAnswer {
  readonly format: Format;
  readonly place: (code: string) => string;
  readonly operator: (id: string) => string;
  readonly resource: (resource: Named) => string;
}

const SeasonContext = createContext<Season | undefined>(undefined);

export function useShownSeason(): Season {
  const season = useContext(SeasonContext);
  if (!season) throw new Error('no season above this part of the page');
  return season;
}

export function SeasonProvider({
  answer,
  children,
}: {
  answer: SeasonAnswer;
  children: ReactNode;
}) {
  const { i18n } = useTranslation('plan');
  const language: Language = i18n.language === 'en' ? 'en' : 'zh';
  const season = useMemo((): Season => {
    const kind = (id: string) => kindName(id, language);
    return {
      ...answer,
      format: formatFor(language, answer.scenario),
      place: (code) => placeName(code, language),
      operator: (id) => operatorName(id, language),
      resource: (r) => {
        const parts = [operatorName(r.operator, language), placeName(r.region, language)];
        return [...parts, kind(r.kind)].filter((part) => part !== '').join(' ');
      },
    };
  }, [answer, language]);
  return <SeasonContext value={season}>{children}</SeasonContext>;
}
