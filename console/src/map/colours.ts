/** Colours of the map; steps as in charts: they differ in lightness, too. */
export interface MapColours {
  readonly sea: string;
  readonly land: string;
  /** A province that is shown. */
  readonly shown: string;
  readonly border: string;
  readonly region: string;
  readonly text: string;
  /** Around letters and circles, so that they stand off. */
  readonly halo: string;
  readonly rim: string;
  /** By step: calm, from 0.7, from 0.9, over 1, not known. */
  readonly steps: readonly [string, string, string, string, string];
  readonly lanes: readonly [string, string, string, string, string];
  readonly vessel: string;
  readonly warned: string;
}

const LIGHT: MapColours = {
  sea: '#f7f9fb',
  land: '#e8edf2',
  shown: '#fcfdfe',
  border: '#c2ccd6',
  region: '#93a1af',
  text: '#1f2933',
  halo: '#ffffff',
  rim: '#33475b',
  steps: ['#7db5e6', '#2f7fc9', '#e8a317', '#c8201d', '#8794a1'],
  lanes: ['#8fb4d6', '#2f7fc9', '#e09a10', '#c8201d', '#a9b5c0'],
  vessel: '#ffffff',
  warned: '#b05a00',
};

const DARK: MapColours = {
  sea: '#12161b',
  land: '#20272e',
  shown: '#2b343d',
  border: '#3b4650',
  region: '#6d7a86',
  text: '#e3e8ed',
  halo: '#12161b',
  rim: '#b8c6d3',
  steps: ['#39709f', '#5aa9f2', '#f0b73a', '#ff6259', '#76828d'],
  lanes: ['#3f6688', '#5aa9f2', '#f0b73a', '#ff6259', '#56626d'],
  vessel: '#151a20',
  warned: '#ffc56b',
};

export function mapColours(dark: boolean): MapColours {
  return dark ? DARK : LIGHT;
}
