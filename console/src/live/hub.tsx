import { Empty } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { LiveFlowsAnswer, ScanKind } from '../../../src/edge/http/live-schema.ts';
import { useLiveFlows } from '../api/live.ts';
import { Chart } from '../chart/chart.tsx';
import { usePalette } from '../chart/palette.ts';
import { Answer } from '../frame/states.tsx';
import { useShownSeason } from '../words/season.tsx';
import { flowColours, flowsOption, kindsOf } from './flows-option.ts';
import { Newest } from './hubs.tsx';
import type { HubRow } from './rows.ts';

interface HubProps {
  readonly row: HubRow;
  readonly scale: number;
  /** The season's clock. */
  readonly now: number;
}

/** One hub: how it stands, and what flows through it. */
export function Hub({ row, scale, now }: HubProps) {
  const { t } = useTranslation('live');
  const { resource } = useShownSeason();
  const flows = useLiveFlows(row.id);
  return (
    <section className="card hub" aria-labelledby="hub">
      <h2 id="hub">{t('hub.title')}</h2>
      <h3>{resource(row)}</h3>
      <State row={row} now={now} />
      <Answer query={flows}>
        {(answer) => <Flows slots={answer.slots} row={row} scale={scale} />}
      </Answer>
    </section>
  );
}

function State({ row, now }: Omit<HubProps, 'scale'>) {
  const { t } = useTranslation('live');
  const { format } = useShownSeason();
  const { stock, bound, floor, share, capacity } = row;
  const pairs = [
    [t('hub.stock'), format.exact(stock)],
    [t('hub.floor'), floor === null ? t('noFloor') : format.exact(floor)],
    [t('hub.share'), share === undefined ? '—' : format.percent(share, 1)],
    [t('hub.bound'), format.exact(bound)],
    [t('hub.capacity'), format.exact(capacity)],
  ] as const;
  return (
    <dl className="state-pairs">
      {pairs.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
      <div>
        <dt>{t('hub.newest')}</dt>
        <dd>
          <Newest row={row} now={now} />
        </dd>
      </div>
    </dl>
  );
}

const HEIGHT = '320px';

interface FlowsProps extends Omit<HubProps, 'now'> {
  readonly slots: LiveFlowsAnswer['slots'];
}

function Flows({ slots, row, scale }: FlowsProps) {
  const { t } = useTranslation('live');
  const { format, resource } = useShownSeason();
  const palette = usePalette();
  const kinds = kindsOf(slots);
  const { capacity } = row;
  const option = useMemo(() => {
    const words = {
      axis: t(scale > 1 ? 'flows.axis.scaled' : 'flows.axis'),
      capacity: t('flows.capacity'),
      open: t('flows.open'),
      corrected: (n: string) => t('flows.corrected', { n }),
      kind: (kind: ScanKind) => t(`kind.${kind}`),
    };
    return flowsOption({ slots, capacity, scale }, words, format, palette);
  }, [slots, capacity, scale, t, format, palette]);
  const colours = flowColours(palette);
  const n = slots.length;
  return (
    <>
      <h4>{t('flows.title', { n })}</h4>
      <div className="legend">
        {kinds.map((kind) => (
          <span key={kind} className="legend-step">
            <i className="box" style={{ background: colours[kind] }} />
            {t(`kind.${kind}`)}
          </span>
        ))}
        <span className="legend-step">
          <i className="rule" style={{ borderTop: `2px dashed ${palette.capacity}` }} />
          {t('flows.capacity')} {format.count(capacity)}
        </span>
      </div>
      {kinds.length === 0 && (
        <Empty description={t('flows.none')} image={Empty.PRESENTED_IMAGE_SIMPLE} />
      )}
      <Chart
        option={option}
        label={t('flows.label', { hub: resource(row), n })}
        height={kinds.length === 0 ? '0px' : HEIGHT}
      />
      <p className="note">{t('flows.note')}</p>
    </>
  );
}
