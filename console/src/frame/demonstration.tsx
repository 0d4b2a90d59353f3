import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Credentials, Demonstration as Told } from '../../../src/client/api.ts';
import { useDemonstration } from '../api/demonstration.ts';
import { operatorName } from '../words/operators.ts';
import { placeName } from '../words/places.ts';

type Organisation = Told['organisations'][number];
type Kind = Organisation['kind'];

/** In the order of the mechanism. */
const KINDS: readonly Kind[] = [
  'administration',
  'operator',
  'platform',
  'lastMile',
  'association',
  'analyst',
];

/** As whom one can sign in to a demonstration; nothing elsewhere. */
export function Demonstration({ signIn }: { signIn: (as: Credentials) => void }) {
  const { t } = useTranslation('frame');
  const { data } = useDemonstration();
  if (!data || data.password === undefined) return null;
  const { organisations, logins, password } = data;
  return (
    <section className="card demonstration" aria-labelledby="demonstration">
      <h2 id="demonstration">{t('demonstration.title')}</h2>
      <p className="note">{t('demonstration.text', { password })}</p>
      {KINDS.map((kind) => {
        const these = organisations.filter((organisation) => organisation.kind === kind);
        if (these.length === 0) return null;
        return (
          <div key={kind} className="demonstration-kind">
            <h3>
              {t(`kind.${kind}`)} <small>{t(`job.${kind}`)}</small>
            </h3>
            <ul>
              {these.map((organisation) => (
                <li key={organisation.id}>
                  <Named organisation={organisation} />
                  {logins.map((login) => (
                    <Button
                      key={login}
                      size="small"
                      aria-label={`${t('signIn')} ${organisation.id} ${login}`}
                      onClick={() => signIn({ organisation: organisation.id, login, password })}
                    >
                      {login}
                    </Button>
                  ))}
                </li>
              ))}
            </ul>
          </div>
        );
      })}
    </section>
  );
}

function Named({ organisation: { id, kind, level, region } }: { organisation: Organisation }) {
  const { t, i18n } = useTranslation('frame');
  const language = i18n.language === 'en' ? 'en' : 'zh';
  const isLocal = region !== '000000';
  return (
    <span>
      <strong>{kind === 'operator' && !isLocal ? operatorName(id, language) : id}</strong>{' '}
      <small>
        {t(`level.${level}`)}
        {isLocal && ` · ${placeName(region, language)}`}
      </small>
    </span>
  );
}
