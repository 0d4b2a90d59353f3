import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Warning } from '../../../src/client/api.ts';
import type { WarningsAsked } from '../api/warnings.ts';
import { useAddress } from '../frame/address.ts';
import { type Column, DataTable } from '../frame/data-table.tsx';
import { useShownSeason } from '../words/season.tsx';
import { byGravity, subjectText } from '../words/warning-text.ts';
import { Lead } from './lead.tsx';
import type { ToldClock } from './season-clock.ts';

interface ListProps {
  readonly asked: WarningsAsked;
  readonly warnings: readonly Warning[];
  readonly now: ToldClock | undefined;
  readonly hasMore: boolean;
  readonly isLoading: boolean;
  readonly more: () => void;
}

/** Those in force, the gravest first; those that ended, the newest first. */
export function WarningList({ asked, warnings, now, hasMore, isLoading, more }: ListProps) {
  const { t } = useTranslation('warnings');
  const [chosen, choose] = useAddress('warning');
  const { state, ...filters } = asked;
  const isFiltered = Object.keys(filters).length > 0;
  const rows = state === 'open' ? warnings.toSorted(byGravity) : warnings;
  const columns = useColumns(state, now, warnings);
  return (
    <>
      <DataTable
        label={t(`list.${state}`)}
        columns={columns}
        rows={rows}
        rowKey={({ id }) => id}
        none={t(isFiltered ? 'none.match' : `none.${state}`)}
        chosen={chosen}
        onChoose={({ id }) => choose(id)}
      />
      {hasMore && (
        <Button loading={isLoading} onClick={more}>
          {t('more')}
        </Button>
      )}
    </>
  );
}

/** Those who see levels only are told no figures: their columns are left out. */
function useColumns(
  state: WarningsAsked['state'],
  now: ToldClock | undefined,
  warnings: readonly Warning[],
): Column<Warning>[] {
  const { t } = useTranslation('warnings');
  const { t: word } = useTranslation('warning');
  const season = useShownSeason();
  const { format } = season;
  const isWhole = warnings.some(({ reach }) => reach !== undefined);
  const ended: Column<Warning> = {
    key: 'ended',
    title: t('column.ended'),
    value: ({ endedAt }) => endedAt,
    show: ({ endedAt }) => endedAt !== undefined && format.minute(endedAt),
  };
  const breach: Column<Warning> = {
    key: 'breach',
    title: t('column.breach'),
    value: ({ breachAt }) => breachAt,
    show: (warning) => <Lead warning={warning} now={now} />,
  };
  const acknowledged: Column<Warning> = {
    key: 'acknowledged',
    title: t('column.acknowledged'),
    value: (warning) => word(warning.acknowledged === true ? 'acknowledged' : 'unacknowledged'),
    show: (warning) =>
      warning.acknowledged === true ? (
        word('acknowledged')
      ) : (
        <strong className={state === 'open' ? 'over' : ''}>{word('unacknowledged')}</strong>
      ),
  };
  const figures: Column<Warning>[] = [
    acknowledged,
    {
      key: 'chance',
      title: t('column.chance'),
      value: ({ chance }) => chance,
      show: ({ chance }) => (chance === undefined ? t('byPerson') : format.percent(chance)),
    },
    {
      key: 'reach',
      title: t('column.reach'),
      value: ({ reach }) => (reach === undefined ? '' : word(`reach.${reach}`)),
    },
  ];
  return [
    {
      key: 'subject',
      title: t('column.subject'),
      value: ({ subject }) => subjectText(subject, { t: word, season }),
    },
    {
      key: 'level',
      title: t('column.level'),
      value: ({ level }) => word(`level.${level}`),
      show: ({ level }) => <span className={`level level-${level}`}>{word(`level.${level}`)}</span>,
    },
    state === 'open' ? breach : ended,
    ...(isWhole ? figures : []),
    {
      key: 'issued',
      title: t('column.issued'),
      value: ({ issuedAt }) => issuedAt,
      show: ({ issuedAt }) => format.minute(issuedAt),
    },
  ];
}
