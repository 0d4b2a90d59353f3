import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';
import type { Organisation } from '../../../src/client/api.ts';
import { useOrganisations } from '../api/organisations.ts';
import { useAddress } from '../frame/address.ts';
import { useViewer } from '../frame/session.tsx';
import { Answer } from '../frame/states.tsx';
import { OrganisationList } from './list.tsx';
import { OneOrganisation } from './one.tsx';
import './words.ts';
import './organisations.css';

/** Organisations that one is in charge of, one's own among them, their people and keys. */
export default function OrganisationsPage() {
  const { t } = useTranslation('organisations');
  return (
    <>
      <div className="heading">
        <h1>{t('title')}</h1>
        <p className="note">{t('lead')}</p>
      </div>
      <Answer query={useOrganisations()}>{(all) => <Shown all={all} />}</Answer>
    </>
  );
}

/** It may be above the list, or above what one has scrolled to. */
function bringIntoSight(element: HTMLElement | null): void {
  element?.scrollIntoView({ block: 'nearest' });
}

function Shown({ all }: { all: readonly Organisation[] }) {
  const { t } = useTranslation('organisations');
  const viewer = useViewer();
  const [asked] = useAddress('organisation');
  const chosen = all.find(({ id }) => id === (asked ?? viewer.organisation.id));
  const one = chosen ? (
    <OneOrganisation key={chosen.id} organisation={chosen} />
  ) : (
    <Alert type="info" showIcon title={t('none.match')} />
  );
  if (all.length === 1 && viewer.organisation.kind !== 'administration') return one;
  return (
    <div className="half-and-half organisations">
      <OrganisationList all={all} chosen={chosen?.id} />
      <div className="organisation-chosen" key={chosen?.id} ref={bringIntoSight}>
        {one}
      </div>
    </div>
  );
}
