import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { SimulationSummary } from '../api/simulations.ts';
import { isOpen, useRemove } from '../api/simulations.ts';
import { useViewer } from '../frame/session.tsx';
import { useShownSeason } from '../words/season.tsx';

interface MadeProps {
  readonly simulations: readonly SimulationSummary[];
  readonly shown: string | undefined;
  readonly show: (id?: string) => void;
}

/** The simulations that the server still has, newest first. */
export function Made({ simulations, shown, show }: MadeProps) {
  const { t } = useTranslation('simulate');
  return (
    <section className="card" aria-labelledby="made">
      <h2 id="made">{t('made.title')}</h2>
      {simulations.length > 0 && (
        <ul className="made">
          {simulations.map((each) => (
            <Entry key={each.id} made={each} isShown={each.id === shown} show={show} />
          ))}
        </ul>
      )}
      <p className="note">{t(simulations.length > 0 ? 'made.kept' : 'made.none')}</p>
    </section>
  );
}

interface EntryProps {
  readonly made: SimulationSummary;
  readonly isShown: boolean;
  readonly show: (id?: string) => void;
}

function Entry({ made, isShown, show }: EntryProps) {
  const { t } = useTranslation('simulate');
  const { format } = useShownSeason();
  const remove = useRemove();
  const isViewer = useViewer().role === 'viewer';
  const { asked } = made;
  const name = t('made.entry', {
    time: format.instant(made.madeAt),
    surprises: t(`surprises.${asked.surprises}`),
  });
  return (
    <li className={isShown ? 'chosen' : undefined}>
      <div>
        <button
          type="button"
          className="row-button"
          aria-pressed={isShown}
          onClick={() => show(made.id)}
        >
          {name}
        </button>
        <small>
          {t('made.more', {
            policies: asked.policies.map((policy) => t(`policy.${policy}`)).join(t('separator')),
            seed: asked.seed,
            runs: asked.runs,
          })}
          {' · '}
          {t('made.by')}{' '}
          <span translate="no">
            {made.organisation} {made.actor}
          </span>
        </small>
      </div>
      <span className={`state state-${made.state}`}>{t(`state.${made.state}`)}</span>
      {!isOpen(made) && !isViewer && (
        <Button
          type="text"
          size="small"
          aria-label={`${t('made.remove')}: ${name}`}
          disabled={remove.isPending}
          onClick={() => {
            remove.mutate(made.id);
            if (isShown) show(undefined);
          }}
        >
          {t('made.remove')}
        </Button>
      )}
    </li>
  );
}
