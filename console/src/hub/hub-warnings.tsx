import { useTranslation } from 'react-i18next';
import type { Hub } from '../../../src/client/api.ts';
import { kept, usePagePath } from '../frame/address.ts';
import { useShownSeason } from '../words/season.tsx';
import {
  breachText,
  byGravity,
  causesText,
  chanceText,
  cureText,
  ownerText,
} from '../words/warning-text.ts';

type Warning = Hub['warnings'][number];

/** Warnings about the hub that are in force, each with why and what would avert it. */
export function HubWarnings({ hub }: { hub: Hub }) {
  const { t } = useTranslation('hub');
  return (
    <section className="card hub-warnings" aria-labelledby="hub-warnings">
      <h2 id="hub-warnings">{t('warnings')}</h2>
      {hub.warnings.length === 0 ? (
        <p className="calm">{t('warnings.none')}</p>
      ) : (
        <ul>
          {hub.warnings.toSorted(byGravity).map((warning) => (
            <Entry key={warning.id} warning={warning} named={hub.named} />
          ))}
        </ul>
      )}
    </section>
  );
}

interface EntryProps extends Pick<Hub, 'named'> {
  readonly warning: Warning;
}

function Entry({ warning, named }: EntryProps) {
  const { t } = useTranslation('warning');
  const season = useShownSeason();
  const { format } = season;
  const say = { t, season, named };
  const { level, issuedAt, causes, cure, owner, acknowledged } = warning;
  const facts = [
    [t('since'), format.minute(issuedAt)],
    [t('breach'), breachText(warning, say)],
    [t('chance'), chanceText(warning, say)],
    [t('cause'), causes && causesText(causes, say)],
    [t('cure'), cure && cureText(cure, say)],
    [t('owner'), owner && ownerText(owner, say)],
  ] as const;
  return (
    <li className={`level-edge-${level}`}>
      <p>
        <span className={`level level-${level}`}>{t(`level.${level}`)}</span>{' '}
        {acknowledged !== undefined && (
          <small>{t(acknowledged ? 'acknowledged' : 'unacknowledged')}</small>
        )}{' '}
        <OpenWarning id={warning.id} />
      </p>
      <dl>
        {facts.map(
          ([name, value]) =>
            value && (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
    </li>
  );
}

function OpenWarning({ id }: { id: string }) {
  const { t } = useTranslation('hub');
  const [, go] = usePagePath();
  const search = new URLSearchParams(kept());
  search.set('warning', id);
  return (
    <a
      href={`/warnings?${search}`}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        go('warnings', { warning: id });
      }}
    >
      {t('warnings.open')}
    </a>
  );
}
