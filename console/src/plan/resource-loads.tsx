import { Empty, Select } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlannedLoads, PlannedResource } from '../../../src/client/api.ts';
import { Chart } from '../chart/chart.tsx';
import { usePalette } from '../chart/palette.ts';
import { useAddress } from '../frame/address.ts';
import { Answer } from '../frame/states.tsx';
import { useShownSeason } from '../words/season.tsx';
import { useSlot } from './choices.ts';
import { type LoadWords, loadsOption } from './loads-option.ts';
import { useLoads } from './shown-plan.tsx';

interface ResourceLoadsProps {
  readonly resources: readonly PlannedResource[];
  readonly busiest: number;
}

/** One resource by slot: at once and as planned, against its capacity, with its price. */
export function ResourceLoads({ resources, busiest }: ResourceLoadsProps) {
  const { t } = useTranslation('plan');
  const [asked, choose] = useAddress('resource');
  const chosen = asked ?? worstOf(resources);
  const query = useLoads(chosen);
  return (
    <>
      <ResourceSelect {...{ resources, chosen, choose }} extra={query.data?.resource} />
      {chosen === undefined ? (
        <Empty description={t('hub.none')} image={Empty.PRESENTED_IMAGE_SIMPLE} />
      ) : (
        <Answer query={query}>{(loads) => <LoadsChart loads={loads} busiest={busiest} />}</Answer>
      )}
    </>
  );
}

/** The resource that would be overloaded most. */
function worstOf(resources: readonly PlannedResource[]): string | undefined {
  return resources.toSorted((a, b) => b.peakAtOnce - a.peakAtOnce)[0]?.id;
}

interface ResourceSelectProps {
  readonly resources: readonly PlannedResource[];
  readonly chosen: string | undefined;
  readonly choose: (id: string) => void;
  /** The one on show, which may be of another kind than the list. */
  readonly extra: PlannedResource | undefined;
}

function ResourceSelect({ resources, chosen, choose, extra }: ResourceSelectProps) {
  const { t } = useTranslation('plan');
  const season = useShownSeason();
  const options = useMemo(() => {
    const listed = resources.toSorted((a, b) => b.peakAtOnce - a.peakAtOnce);
    const all = extra && !listed.some((r) => r.id === extra.id) ? [extra, ...listed] : listed;
    return all.map((r) => ({
      value: r.id,
      label: `${season.resource(r)} (${season.format.peak(r.peakAtOnce, r.overloadedAtOnce)})`,
    }));
  }, [resources, extra, season]);
  return (
    <Select
      className="wide"
      aria-label={t('hub.choose')}
      placeholder={t('hub.choose')}
      showSearch={{ optionFilterProp: 'label' }}
      value={chosen ?? null}
      onChange={(id) => id !== null && choose(id)}
      options={options}
    />
  );
}

const LOADS_HEIGHT = '340px';

function LoadsChart({ loads, busiest }: { loads: PlannedLoads; busiest: number }) {
  const { t } = useTranslation('plan');
  const { format } = useShownSeason();
  const palette = usePalette();
  const [slot] = useSlot(busiest);
  const { resource } = loads;
  const option = useMemo(() => {
    const words: LoadWords = {
      within: t('hub.atOnceWithin'),
      over: t('hub.atOnceOver'),
      planned: t('hub.planned'),
      capacity: t('hub.capacity'),
      price: t('hub.price'),
      axis: t('hub.axis'),
    };
    return loadsOption(loads, slot, words, format, palette);
  }, [loads, slot, t, format, palette]);
  const summary = t('hub.summary', {
    before: resource.overloadedAtOnce,
    ratioBefore: format.peak(resource.peakAtOnce, resource.overloadedAtOnce),
    after: resource.overloadedPlanned,
    ratioAfter: format.peak(resource.peakPlanned, resource.overloadedPlanned),
  });
  return (
    <>
      <LoadsLegend />
      <Chart option={option} label={summary} height={LOADS_HEIGHT} />
      <p className="note">{summary}</p>
    </>
  );
}

function LoadsLegend() {
  const { t } = useTranslation('plan');
  const palette = usePalette();
  return (
    <div className="legend">
      <span className="legend-step">
        <i className="box" style={{ background: palette.atOnce }} />
        {t('hub.atOnceWithin')}
      </span>
      <span className="legend-step">
        <i className="box hatched" style={{ color: palette.steps[3] }} />
        {t('hub.atOnceOver')}
      </span>
      <span className="legend-step">
        <i className="rule" style={{ borderTop: `3px solid ${palette.planned}` }} />
        {t('hub.planned')}
      </span>
      <span className="legend-step">
        <i className="rule" style={{ borderTop: `2px dashed ${palette.capacity}` }} />
        {t('hub.capacity')}
      </span>
      <span className="legend-step">
        <i className="box" style={{ background: palette.price }} />
        {t('hub.price')} ({t('hub.priceNote')})
      </span>
    </div>
  );
}
