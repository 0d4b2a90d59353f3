import { kept as keptOf, usePagePath } from '../frame/address.ts';
import type { NamedResource } from '../words/resources.ts';
import { useShownSeason } from '../words/season.tsx';

/** A hub's name, which leads to its page. */
export function HubLink({ place, text }: { place: NamedResource; text?: string }) {
  const { resource } = useShownSeason();
  const [, go] = usePagePath();
  return (
    <a
      href={hubAddress(place.id)}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        go('hub', { id: place.id });
      }}
    >
      {text ?? resource(place)}
    </a>
  );
}

function hubAddress(id: string): string {
  const search = new URLSearchParams(keptOf());
  search.set('id', id);
  return `/hub?${search}`;
}
