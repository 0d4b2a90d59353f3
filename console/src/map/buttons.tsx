import { useTranslation } from 'react-i18next';
import type { Stage } from './stage.ts';

/** What wheel and keys do, for those who have a pointer only; and the picture to keep. */
export function Buttons({ stage, onSave }: { stage: Stage; onSave: () => void }) {
  const { t } = useTranslation('map');
  const { t: frame } = useTranslation('frame');
  return (
    <div className="network-map-buttons">
      <MapButton name={t('zoom.in')} path="M8 3v10M3 8h10" onPress={() => stage.glideBy(1.6)} />
      <MapButton name={t('zoom.out')} path="M3 8h10" onPress={() => stage.glideBy(1 / 1.6)} />
      <MapButton
        name={t('zoom.all')}
        path="M3 6V3h3M10 3h3v3M13 10v3h-3M6 13H3v-3"
        onPress={() => stage.show(stage.nation)}
      />
      <MapButton
        name={frame('export.image')}
        path="M8 2.5v7.5M4.8 7 8 10.2 11.2 7M3 13h10"
        onPress={onSave}
      />
    </div>
  );
}

function MapButton({ name, path, onPress }: { name: string; path: string; onPress: () => void }) {
  return (
    <button type="button" title={name} aria-label={name} onClick={onPress}>
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <path d={path} />
      </svg>
    </button>
  );
}
