import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Season as SeasonAnswer } from '../../../src/client/api.ts';
import { useSeason } from '../api/season.ts';
import type { Language } from '../frame/language.ts';
import { Answer } from '../frame/states.tsx';
import { type Format, formatFor } from './format.ts';
import { kindsName } from './kinds.ts';
import { operatorName } from './operators.ts';
import { placeName } from './places.ts';
import { type NamedResource, resourceName, resourceNameById } from './resources.ts';
import { serviceName } from './services.ts';

/** The season on show and how it is told in the reader's language. */
export interface Season extends SeasonAnswer, Telling {}

/** The same as long as season and language are. */
interface Telling {
  readonly format: Format;
  readonly place: (code: string) => string;
  readonly operator: (id: string) => string;
  readonly service: (id: string) => string;
  readonly resource: (resource: NamedResource) => string;
  /** Where only its id is known. */
  readonly resourceById: (id: string) => string;
  /** Several resources of a kind. */
  readonly kindNames: (kind: string) => string;
}

const SeasonContext = createContext<Season | undefined>(undefined);

export function useShownSeason(): Season {
  const season = useContext(SeasonContext);
  if (!season) throw new Error('no season above this part of the page');
  return season;
}

/** Asks for the season, and shows what is in it when it is there. */
export function WithSeason({ children }: { children: ReactNode }) {
  return (
    <Answer query={useSeason()}>
      {(answer) => <SeasonProvider answer={answer}>{children}</SeasonProvider>}
    </Answer>
  );
}

function SeasonProvider({ answer, children }: { answer: SeasonAnswer; children: ReactNode }) {
  const { i18n } = useTranslation('frame');
  const language: Language = i18n.language === 'en' ? 'en' : 'zh';
  const { scenario } = answer;
  const telling = useMemo((): Telling => {
    return {
      format: formatFor(language, scenario),
      place: (code) => placeName(code, language),
      operator: (id) => operatorName(id, language),
      service: (id) => serviceName(id, language),
      resource: (resource) => resourceName(resource, language),
      resourceById: (id) => resourceNameById(id, language),
      kindNames: (kind) => kindsName(kind, language),
    };
  }, [scenario, language]);
  const season = useMemo(() => ({ ...answer, ...telling }), [answer, telling]);
  return <SeasonContext value={season}>{children}</SeasonContext>;
}
