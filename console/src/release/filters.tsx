import { Button, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { TicketSum } from '../../../src/client/api.ts';
import { usePlaceSums } from '../api/release.ts';
import { useAddress } from '../frame/address.ts';
import { useShownSeason } from '../words/season.tsx';
import { STATES } from './choices.ts';

interface Option {
  readonly value: string;
  readonly label: string;
}

const FIELDS = ['slot', 'operator', 'origin', 'destination', 'state'] as const;

/** What the list is cut to: each choice is in the address. */
export function Filters({ sums }: { sums: readonly TicketSum[] }) {
  const { t } = useTranslation('release');
  const { format, operator, place } = useShownSeason();
  const clear = useClear();
  const origins = usePlaceSums('origin').data?.rows ?? [];
  const destinations = usePlaceSums('destination').data?.rows ?? [];
  const slots = sums.filter(({ tickets: n }) => n > 0).map(({ slotStart = '' }) => slotStart);
  const options: Record<(typeof FIELDS)[number], Option[]> = {
    slot: offered(slots.toSorted(compareText), (iso) => format.minute(iso)),
    operator: offered(
      sums.map((sum) => sum.operator),
      operator,
    ),
    origin: offered(
      origins.map(({ origin = '' }) => origin),
      place,
    ),
    destination: offered(
      destinations.map(({ destination = '' }) => destination),
      place,
    ),
    state: STATES.map((value) => ({ value, label: t(`state.${value}`) })),
  };
  return (
    <div className="tools" role="group" aria-label={t('filter.title')}>
      {FIELDS.map((field) => (
        <Filter key={field} field={field} options={options[field]} />
      ))}
      {clear && <Button onClick={clear}>{t('filter.clear')}</Button>}
    </div>
  );
}

function Filter({ field, options }: { field: (typeof FIELDS)[number]; options: Option[] }) {
  const { t } = useTranslation('release');
  const { format, operator, place } = useShownSeason();
  const [value, set] = useAddress(field);
  const name = { slot: format.minute, operator, origin: place, destination: place, state: String };
  const isOffered = value === undefined || options.some((option) => option.value === value);
  const all = isOffered ? options : [...options, { value, label: name[field](value) }];
  return (
    <Select
      aria-label={t(`filter.${field}`)}
      className="release-filter"
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      placeholder={t(`filter.${field}`)}
      value={value ?? null}
      onChange={(next: string | undefined) => set(next)}
      options={all}
      popupMatchSelectWidth={false}
    />
  );
}

function useClear(): (() => void) | undefined {
  const fields = FIELDS.map(useAddress);
  if (fields.every(([value]) => value === undefined)) return undefined;
  return () => {
    for (const [, set] of fields) set(undefined);
  };
}

function offered(values: readonly string[], name: (value: string) => string): Option[] {
  return [...new Set(values)].map((value) => ({ value, label: name(value) }));
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
