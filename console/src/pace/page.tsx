import { Tabs } from 'antd';
import { useTranslation } from 'react-i18next';
import { useAddress } from '../frame/address.ts';
import { useShownSeason, WithSeason } from '../words/season.tsx';
import { AcceptanceView } from './acceptance-view.tsx';
import { CapacitiesView } from './capacities-view.tsx';
import { DeclarationsView } from './declarations-view.tsx';
import { OverhangView } from './overhang-view.tsx';
import './words.ts';
import './pace.css';

const VIEWS = [
  ['acceptance', AcceptanceView],
  ['capacities', CapacitiesView],
  ['declarations', DeclarationsView],
  ['overhang', OverhangView],
] as const;

/** How pick-up keeps to the plan, and what resources take: declared, approved, and what stands above it. */
export default function PacePage() {
  return (
    <WithSeason>
      <Content />
    </WithSeason>
  );
}

function Content() {
  const { t } = useTranslation('pace');
  const [asked, choose] = useAddress('view');
  const [shown] = VIEWS.find(([view]) => view === asked) ?? VIEWS[0];
  return (
    <>
      <div className="heading">
        <h1>{t('title')}</h1>
        <p className="note">{t('lead')}</p>
      </div>
      <Marks />
      <Tabs
        activeKey={shown}
        onChange={choose}
        destroyOnHidden
        items={VIEWS.map(([view, View]) => ({
          key: view,
          label: t(`view.${view}`),
          children: <View />,
        }))}
      />
    </>
  );
}

function Marks() {
  const { t } = useTranslation('pace');
  const { scenario, scale, format } = useShownSeason();
  if (!scenario.generated) return null;
  return (
    <p className="marks">
      <span>
        <strong>{t('generated')}</strong>{' '}
        <small>{t('generated.text', { scale: format.exact(scale) })}</small>
      </span>
    </p>
  );
}
