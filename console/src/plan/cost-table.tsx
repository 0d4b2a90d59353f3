import { useTranslation } from 'react-i18next';
import type { Explanation as ExplanationAnswer, ReleaseOption } from '../../../src/client/api.ts';
import { Scroll } from '../frame/scroll.tsx';
import { useShownSeason } from '../words/season.tsx';
import { chosenSlots, comparedOptions, HELD_PARTS, pricesOf } from './explanation-parts.ts';

/** Every slot's cost per parcel with all its parts, which add up; parts that are 0 throughout are left out. */
export function CostTable({ answer }: { answer: ExplanationAnswer }) {
  const { t } = useTranslation('plan');
  const parcels = new Map(chosenSlots(answer).map((chosen) => [chosen.slot, chosen.parcels]));
  const options = comparedOptions(answer);
  const parts = HELD_PARTS.filter((part) => options.some((option) => option[part] > 0));
  return (
    <details className="details">
      <summary>{t('cost.title')}</summary>
      <Scroll label={t('cost.title')}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t('cost.slot')}</th>
              {parts.map((part) => (
                <th key={part} scope="col">
                  {t(`cost.${part}`)}
                </th>
              ))}
              <th scope="col">{t('cost.prices')}</th>
              <th scope="col">{t('cost.total')}</th>
              <th scope="col">{t('cost.parcels')}</th>
            </tr>
          </thead>
          <tbody>
            {options.map((option) => (
              <CostRow
                key={option.slot}
                {...{ option, parts }}
                parcels={parcels.get(option.slot) ?? 0}
              />
            ))}
          </tbody>
        </table>
      </Scroll>
      <p className="note">{t('cost.note')}</p>
    </details>
  );
}

interface CostRowProps {
  readonly option: ReleaseOption;
  readonly parts: readonly (typeof HELD_PARTS)[number][];
  readonly parcels: number;
}

function CostRow({ option, parts, parcels }: CostRowProps) {
  const { t } = useTranslation('plan');
  const { format } = useShownSeason();
  return (
    <tr className={parcels > 0 ? 'chosen' : undefined}>
      <th scope="row">{option.slot === null ? t('cost.carry') : format.slotTime(option.slot)}</th>
      {parts.map((part) => (
        <td key={part}>{format.decimal(option[part], 3)}</td>
      ))}
      <td>{format.decimal(pricesOf(option), 3)}</td>
      <td>{format.decimal(option.total, 3)}</td>
      <td>{parcels > 0 ? format.exact(parcels) : ''}</td>
    </tr>
  );
}
