import { Button, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Acceptance } from '../../../src/client/api.ts';
import { useAcceptance } from '../api/pace.ts';
import { useAddress } from '../frame/address.ts';
import { Figure } from '../frame/figure.tsx';
import { useViewer } from '../frame/session.tsx';
import { Answer } from '../frame/states.tsx';
import { Age } from '../words/age.tsx';
import { useShownSeason } from '../words/season.tsx';
import { isAbove } from './above.ts';
import { OriginsTable, PairsTable } from './acceptance-tables.tsx';
import { useWindow, WINDOWS } from './choices.ts';
import { Matrix } from './matrix.tsx';
import { PaceBySlot } from './pace-by-slot.tsx';

/** Planned, ticketed and picked up: together, by origin, by destination, by slot. */
export function AcceptanceView() {
  const { from, until } = useWindow();
  const [operator] = useAddress('operator');
  const query = useAcceptance({ from, until, ...(operator !== undefined && { operator }) });
  return (
    <>
      <Tools />
      <Answer query={query}>
        {(acceptance) => (
          <>
            <Summary acceptance={acceptance} />
            <PaceBySlot whole={acceptance} />
            <Matrix acceptance={acceptance} />
            <OriginsTable acceptance={acceptance} />
            <PairsTable acceptance={acceptance} />
          </>
        )}
      </Answer>
    </>
  );
}

function Tools() {
  const { t } = useTranslation('pace');
  const { window, choose, from, until } = useWindow();
  const { format } = useShownSeason();
  return (
    <div className="tools">
      <Select
        className="pace-select"
        aria-label={t('window')}
        value={window}
        onChange={(value: string) => choose(value)}
        options={WINDOWS.map((value) => ({ value, label: t(`window.${value}`) }))}
      />
      <OperatorSelect />
      {until > from && (
        <span className="note">
          {t('window.shown', { from: format.slotTime(from), until: format.slotTime(until) })}
        </span>
      )}
    </div>
  );
}

/** Administrations see all operators; an operator itself. */
function OperatorSelect() {
  const { t } = useTranslation('pace');
  const viewer = useViewer();
  const season = useShownSeason();
  const [operator, choose] = useAddress('operator');
  const all = useAcceptance({ from: 0, until: 1, by: 'province' });
  if (viewer.organisation.kind !== 'administration') return null;
  const ids = [...new Set(all.data?.origins.map((origin) => origin.operator))];
  return (
    <Select
      className="pace-select"
      aria-label={t('operator')}
      value={operator ?? ''}
      onChange={(id: string) => choose(id === '' ? undefined : id)}
      options={[
        { value: '', label: t('operator.all') },
        ...ids.map((id) => ({ value: id, label: season.operator(id) })),
      ]}
    />
  );
}

function Summary({ acceptance }: { acceptance: Acceptance }) {
  const { t } = useTranslation('pace');
  const { format, place } = useShownSeason();
  const { origins, slots, at, ageMs } = acceptance;
  // What is still to come has no pick-up to hold against the plan.
  const isPast = slots.until <= slots.now + 1;
  const sum = (of: (origin: Acceptance['origins'][number]) => number) =>
    origins.reduce((all, origin) => all + of(origin), 0);
  const planned = sum((origin) => origin.planned);
  const accepted = sum((origin) => origin.accepted ?? 0);
  const share = (n: number) =>
    planned > 0 ? t('figure.share', { share: format.percent(n / planned) }) : '';
  const above = origins.filter(isAbove);
  const places = above.slice(0, NAMED_MOST).map((each) => place(each.origin));
  return (
    <>
      {isPast && (
        <Verdict above={above.length} isSeen={accepted > 0} places={places.join(t('list'))} />
      )}
      <dl className="figures pace-figures">
        <Figure name={t('planned')} value={format.count(planned)} unit={t('parcels')}>
          {format.minute(at)} · <Age ms={ageMs} />
        </Figure>
        {(['ticketed', 'confirmed'] as const).map((column) => (
          <Figure
            key={column}
            name={t(column)}
            value={format.count(sum((origin) => origin[column]))}
            unit={t('parcels')}
          >
            {share(sum((origin) => origin[column]))}
          </Figure>
        ))}
        <Figure name={t('accepted')} value={format.count(accepted)} unit={t('parcels')}>
          {isPast && share(accepted)}
        </Figure>
      </dl>
    </>
  );
}

/** Places that a sentence names. */
const NAMED_MOST = 5;

function Verdict(props: { above: number; isSeen: boolean; places: string }) {
  const { t } = useTranslation('pace');
  const { above, isSeen, places } = props;
  if (!isSeen) return <p className="pace-verdict">{t('unseen')}</p>;
  if (above === 0) return <p className="pace-verdict calm">{t('steady')}</p>;
  return <p className="pace-verdict over">{t('surge', { count: above, places })}</p>;
}

/** Back from one origin or pair to all. */
export function ShowAll({ onClick }: { onClick: () => void }) {
  const { t } = useTranslation('pace');
  return <Button onClick={onClick}>{t('clear')}</Button>;
}
