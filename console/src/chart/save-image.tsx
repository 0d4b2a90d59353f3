import { useTranslation } from 'react-i18next';

interface SaveImageProps {
  /** What the picture shows: its file is named so. */
  readonly label: string;
  /** A data URL; null before anything is drawn. */
  readonly image: () => string | null;
}

/** Longer names are cut by some systems. */
const NAME_MOST = 80;

/** Saves a picture as a file. */
export function SaveImage({ label, image }: SaveImageProps) {
  const { t } = useTranslation('frame');
  const save = () => {
    const url = image();
    if (url === null) return;
    const link = document.createElement('a');
    link.href = url;
    link.download = `${label.slice(0, NAME_MOST).replaceAll(/[\\/:*?"<>|]/g, ' ')}.png`;
    link.click();
  };
  return (
    <button
      type="button"
      className="save-image"
      title={t('export.image')}
      aria-label={`${t('export.image')}: ${label.slice(0, NAME_MOST)}`}
      onClick={save}
    >
      ⤓
    </button>
  );
}
