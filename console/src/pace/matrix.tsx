import { Select } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Acceptance } from '../../../src/client/api.ts';
import { Chart } from '../chart/chart.tsx';
import { usePalette } from '../chart/palette.ts';
import { useAddress } from '../frame/address.ts';
import { useShownSeason } from '../words/season.tsx';
import { MEASURES, matrixOf, matrixOption } from './matrix-option.ts';
import { useChosenPair } from './pace-by-slot.tsx';

const ROW_PX = 26;
const AROUND_PX = 110;

/** Origins by destinations; a cell chosen is shown slot by slot. */
export function Matrix({ acceptance }: { acceptance: Acceptance }) {
  const { t } = useTranslation('pace');
  const { format, place } = useShownSeason();
  const palette = usePalette();
  const { choose } = useChosenPair();
  const [asked, setMeasure] = useAddress('measure');
  const measure = MEASURES.find((each) => each === asked) ?? 'planned';
  const matrix = useMemo(() => matrixOf(acceptance.pairs, measure), [acceptance, measure]);
  const tell = measure === 'share' ? format.percent : format.count;
  const option = useMemo(
    () => matrixOption(matrix, { place, tell }, palette),
    [matrix, place, tell, palette],
  );
  if (matrix.cells.length === 0) return null;
  const most = matrix.cells.reduce((a, b) => (b.value > a.value ? b : a));
  const label = t('matrix.label', {
    measure: t(measure),
    from: place(most.origin),
    to: place(most.destination),
    n: tell(most.value),
  });
  return (
    <section className="card" aria-label={t('matrix.title')}>
      <h2>{t('matrix.title')}</h2>
      <div className="tools">
        <Select
          className="pace-select"
          aria-label={t('measure')}
          value={measure}
          onChange={(value: string) => setMeasure(value)}
          options={MEASURES.map((value) => ({ value, label: t(value) }))}
        />
      </div>
      <Chart
        option={option}
        label={label}
        height={`${AROUND_PX + ROW_PX * matrix.origins.length}px`}
        onChoose={(index) => {
          const cell = matrix.cells[index];
          if (cell) choose(cell.origin, cell.destination);
        }}
      />
      <p className="note">{label}</p>
      <p className="note">{t('matrix.choose')}</p>
    </section>
  );
}
