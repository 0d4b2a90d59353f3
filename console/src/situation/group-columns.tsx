import { useTranslation } from 'react-i18next';
import type { Column } from '../frame/data-table.tsx';
import { useShownSeason } from '../words/season.tsx';
import type { Group } from './groups.tsx';

/** What is told of a region or an operator; `name` of its key. */
export function useGroupColumns(
  title: string,
  name: (key: string) => string,
): readonly Column<Group>[] {
  const { t } = useTranslation('situation');
  const { t: tell } = useTranslation('warning');
  const { format } = useShownSeason();
  const count = (key: 'overflowing' | 'stopped' | 'stale'): Column<Group> => ({
    key,
    title: t(`group.${key}`),
    value: (group) => group[key] ?? undefined,
    show: ({ [key]: n }) =>
      n === null ? (
        '—'
      ) : (
        <span className={n > 0 && key !== 'stale' ? 'over' : ''}>{format.exact(n)}</span>
      ),
  });
  return [
    { key: 'key', title, value: ({ key }) => name(key) },
    { key: 'places', title: t('group.places'), value: ({ places }) => places },
    {
      key: 'stock',
      title: t('group.stock'),
      value: ({ stock }) => stock,
      show: ({ stock }) => format.count(stock),
    },
    {
      key: 'floorShare',
      title: t('group.floorShare'),
      value: ({ floorShare }) => floorShare ?? undefined,
      show: ({ floorShare }) => (floorShare === null ? '—' : format.percent(floorShare)),
    },
    count('overflowing'),
    count('stopped'),
    count('stale'),
    {
      key: 'level',
      title: t('group.level'),
      value: ({ level }) => (level === null ? t('group.noWarning') : tell(`level.${level}`)),
      show: ({ level }) =>
        level === null ? (
          t('group.noWarning')
        ) : (
          <span className={`level level-${level}`}>{tell(`level.${level}`)}</span>
        ),
    },
  ];
}
