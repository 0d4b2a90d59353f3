import { Button, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Capacities } from '../../../src/client/api.ts';
import { useCapacities } from '../api/pace.ts';
import { useAddress } from '../frame/address.ts';
import { useViewer } from '../frame/session.tsx';
import { Answer } from '../frame/states.tsx';
import { useShownSeason } from '../words/season.tsx';
import { CapacityGrid } from './capacity-grid.tsx';
import { mayDeclare, useNowSlot } from './choices.ts';

const HOURS = ['6', '12', '24'] as const;
/** Rows that one looks through; the others are found by name. */
const ROWS_MOST = 30;

/** Capacities slot by slot: licensed, in force, waiting; declared by whoever may. */
export function CapacitiesView() {
  const { t } = useTranslation('pace');
  const viewer = useViewer();
  const { kind, find, from, hours } = useShownCapacities();
  const query = useCapacities({ from, until: from + hours, kind });
  return (
    <section className="card" aria-label={t('grid.title')}>
      <h2>{t('grid.title')}</h2>
      <p className="note">{t(mayDeclare(viewer) ? 'grid.lead' : 'grid.readonly')}</p>
      <Tools kinds={query.data?.kinds ?? [kind]} />
      <Answer query={query}>{(capacities) => <Found capacities={capacities} find={find} />}</Answer>
    </section>
  );
}

function useShownCapacities() {
  const now = useNowSlot();
  const [kind = 'hub', setKind] = useAddress('kind');
  const [find = '', setFind] = useAddress('find');
  const [first, setFirst] = useAddress('slot');
  const [asked, setHours] = useAddress('slots');
  const hours = Number(HOURS.find((each) => each === asked) ?? HOURS[1]);
  const from = Math.max(0, first === undefined ? now : Math.trunc(Number(first)) || 0);
  const goTo = (slot: number) => setFirst(slot === now ? undefined : String(Math.max(0, slot)));
  return { kind, setKind, find, setFind, hours, setHours, from, goTo };
}

function Tools({ kinds }: { kinds: readonly string[] }) {
  const { t } = useTranslation('pace');
  const { kindNames } = useShownSeason();
  const { kind, setKind, find, setFind, hours, setHours, from, goTo } = useShownCapacities();
  return (
    <div className="tools">
      <Select
        className="pace-select"
        aria-label={t('kind')}
        value={kind}
        onChange={(value: string) => setKind(value)}
        options={kinds.map((value) => ({ value, label: kindNames(value) }))}
      />
      <Input
        className="pace-select"
        aria-label={t('find')}
        placeholder={t('find')}
        allowClear
        value={find}
        onChange={({ target }) => setFind(target.value === '' ? undefined : target.value)}
      />
      <Select
        aria-label={t('hours')}
        value={String(hours)}
        onChange={(value: string) => setHours(value)}
        options={HOURS.map((n) => ({ value: n, label: t('hours.n', { n }) }))}
      />
      <Button onClick={() => goTo(from - hours)} disabled={from === 0}>
        {t('earlier')}
      </Button>
      <Button onClick={() => goTo(from + hours)}>{t('later')}</Button>
    </div>
  );
}

function Found({ capacities, find }: { capacities: Capacities; find: string }) {
  const { t } = useTranslation('pace');
  const { resource } = useShownSeason();
  const viewer = useViewer();
  const wanted = find.toLowerCase();
  const found = capacities.resources.filter((each) =>
    `${resource(each)} ${each.id}`.toLowerCase().includes(wanted),
  );
  if (found.length === 0) return <p className="note">{t('grid.none')}</p>;
  const shown = found.slice(0, ROWS_MOST);
  return (
    <>
      <CapacityGrid resources={shown} from={capacities.slots.from} mayEdit={mayDeclare(viewer)} />
      {found.length > shown.length && (
        <p className="note">{t('grid.more', { count: found.length, shown: shown.length })}</p>
      )}
    </>
  );
}
