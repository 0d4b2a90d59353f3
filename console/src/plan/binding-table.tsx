import { useTranslation } from 'react-i18next';
import type { Explanation as ExplanationAnswer } from '../../../src/client/api.ts';
import { useAddress } from '../frame/address.ts';
import { Scroll } from '../frame/scroll.tsx';
import { useShownSeason } from '../words/season.tsx';
import { bindingTolls } from './explanation-parts.ts';

/** Which resources and slots keep the cohort from going in its first slot, and at what price. */
export function BindingTable({ answer }: { answer: ExplanationAnswer }) {
  const { t } = useTranslation('plan');
  const { format, resource } = useShownSeason();
  const [, chooseResource] = useAddress('resource');
  const [, chooseSlot] = useAddress('slot');
  const [first] = answer.slots;
  const tolls = bindingTolls(first);
  const time = format.slotTime(first.slot ?? 0);
  if (tolls.length === 0) return <p className="note">{t('binding.none', { time })}</p>;
  const look = (id: string, slot: number) => {
    chooseResource(id);
    chooseSlot(String(slot));
  };
  return (
    <>
      <h3>{t('binding.title', { time })}</h3>
      <Scroll label={t('binding.resource')}>
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{t('binding.resource')}</th>
              <th scope="col">{t('binding.slot')}</th>
              <th scope="col">{t('binding.load')}</th>
              <th scope="col">{t('binding.price')}</th>
            </tr>
          </thead>
          <tbody>
            {tolls.map((toll) => (
              <tr key={`${toll.resource.id}/${toll.slot}`}>
                <th scope="row">
                  {toll.load === undefined ? (
                    resource(toll.resource)
                  ) : (
                    <button
                      type="button"
                      className="row-button"
                      onClick={() => look(toll.resource.id, toll.slot)}
                    >
                      {resource(toll.resource)}
                    </button>
                  )}
                </th>
                <td>{format.slotTime(toll.slot)}</td>
                <td>
                  {toll.load === undefined || toll.capacity === undefined
                    ? t('binding.unseen')
                    : `${format.count(toll.load)} / ${format.count(toll.capacity)}`}
                </td>
                <td>
                  {format.decimal(toll.price, 2)}
                  {toll.times > 1 && ` × ${toll.times}`}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <p className="note">{t('binding.note')}</p>
    </>
  );
}
