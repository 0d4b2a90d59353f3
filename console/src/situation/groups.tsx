import { useTranslation } from 'react-i18next';
import type { SituationFigures } from '../../../src/client/api.ts';
import { type Part, useFigures } from '../api/situation.ts';
import { DataTable } from '../frame/data-table.tsx';
import { useShownSeason } from '../words/season.tsx';
import { useOperator, useRegion } from './choices.ts';
import { useGroupColumns } from './group-columns.tsx';

export type Group = SituationFigures['regions'][number];

/** Rows shown before more are asked for: as many as a screen has room for. */
const FIRST = 12;

/** Whom it concerns: the regions of the next level and the operators, side by side; choosing one goes there. */
export function Groups({ part }: { part: Part }) {
  return (
    <div className="half-and-half groups">
      <Regions part={part} />
      <Operators part={part} />
    </div>
  );
}

/** None where there is no level below. */
export function Regions({ part }: { part: Part }) {
  const { t } = useTranslation('situation');
  const { place } = useShownSeason();
  const [, choose] = useRegion();
  const { data } = useFigures(part);
  const columns = useGroupColumns(t('group.region'), place);
  if (!data || data.regions.length === 0) return null;
  return (
    <section className="card" aria-labelledby="regions">
      <h2 id="regions">{t('groups.regions')}</h2>
      <DataTable
        label={t('groups.regions')}
        columns={columns}
        rows={data.regions}
        rowKey={({ key }) => key}
        first={FIRST}
        onChoose={({ key }) => choose(key)}
      />
    </section>
  );
}

export function Operators({ part }: { part: Part }) {
  const { t } = useTranslation('situation');
  const { operator } = useShownSeason();
  const [chosen, choose] = useOperator();
  const { data } = useFigures(part);
  const columns = useGroupColumns(t('group.operator'), operator);
  if (!data) return null;
  return (
    <section className="card" aria-labelledby="operators">
      <h2 id="operators">{t('groups.operators')}</h2>
      <DataTable
        label={t('groups.operators')}
        columns={columns}
        rows={data.operators}
        rowKey={({ key }) => key}
        first={FIRST}
        onChoose={({ key }) => choose(key === chosen ? undefined : key)}
        chosen={chosen}
      />
    </section>
  );
}
