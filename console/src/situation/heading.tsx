import { Button, Select } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Situation } from '../../../src/client/api.ts';
import type { LiveNetwork } from '../api/live-network.ts';
import { useViewer } from '../frame/session.tsx';
import { isWithin, NATION, regionsBelow, regionsTo } from '../words/regions.ts';
import { useShownSeason } from '../words/season.tsx';
import { useOperator, useOwnRegion, useRegion } from './choices.ts';
import { MomentLine } from './moment-line.tsx';

interface HeadingProps {
  readonly situation: Situation;
  readonly network: LiveNetwork;
}

/** Where one is, whose network one looks at, how new it is, and what kind of data it is. */
export function Heading({ situation, network }: HeadingProps) {
  const { t } = useTranslation('situation');
  return (
    <>
      <div className="situation-heading">
        <h1>{t('title')}</h1>
        <Where places={situation.places} />
        <Whose places={situation.places} />
        <MomentLine network={network} />
      </div>
      <Marks scale={situation.scale} />
    </>
  );
}

/** The way down from the viewer's own region to the one looked at, and what is below it. */
function Where({ places }: Pick<Situation, 'places'>) {
  const { t } = useTranslation('situation');
  const { place, operator } = useShownSeason();
  const { operator: theirs } = useViewer().organisation;
  const [region, choose] = useRegion();
  const { own } = useOwnRegion();
  const name = (code: string) => (code === NATION ? t('nation') : place(code));
  const way = regionsTo(region).filter((code) => isWithin(own, code));
  const below = useMemo(
    () =>
      regionsBelow(
        region,
        places.map((each) => each.region),
      ),
    [region, places],
  );
  return (
    <nav className="where" aria-label={t('place')}>
      {theirs !== undefined && <strong>{operator(theirs)}</strong>}
      <ol>
        {way.map((code) => (
          <li key={code}>
            {code === region ? (
              <strong aria-current="location">{name(code)}</strong>
            ) : (
              <Button type="link" onClick={() => choose(code)}>
                {name(code)}
              </Button>
            )}
          </li>
        ))}
      </ol>
      {below.length > 0 && (
        <Select
          className="below"
          aria-label={t('below')}
          placeholder={t('below')}
          value={null}
          showSearch={{ optionFilterProp: 'label' }}
          popupMatchSelectWidth={false}
          options={below.map((code) => ({ value: code, label: name(code) }))}
          onChange={(code: string | null) => code !== null && choose(code)}
        />
      )}
    </nav>
  );
}

/** Whose network: only asked where there is more than one to see. */
function Whose({ places }: Pick<Situation, 'places'>) {
  const { t } = useTranslation('situation');
  const season = useShownSeason();
  const [operator, choose] = useOperator();
  const operators = useMemo(
    () => [...new Set(places.map((each) => each.operator))].toSorted(),
    [places],
  );
  if (operators.length < 2) return null;
  return (
    <Select
      className="whose"
      aria-label={t('operator')}
      placeholder={t('operator')}
      allowClear
      value={operator ?? null}
      popupMatchSelectWidth={false}
      options={operators.map((id) => ({ value: id, label: season.operator(id) }))}
      onChange={(id: string | null | undefined) => choose(id ?? undefined)}
    />
  );
}

function Marks({ scale }: Pick<Situation, 'scale'>) {
  const { t } = useTranslation('situation');
  const { scenario, format } = useShownSeason();
  if (!scenario.generated && scale <= 1) return null;
  return (
    <p className="marks">
      {scenario.generated && (
        <span>
          <strong>{t('mark.generated')}</strong> <small>{t('mark.generated.text')}</small>
        </span>
      )}
      {scale > 1 && (
        <span>
          <strong>{t('mark.sample', { scale: format.count(scale) })}</strong>{' '}
          <small>{t('mark.sample.text')}</small>
        </span>
      )}
    </p>
  );
}
