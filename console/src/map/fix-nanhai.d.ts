/** Of the chart library, without types of its own: adds the inset of the South China Sea to the regions of a map. */
declare module 'echarts/lib/coord/geo/fix/nanhai.js' {
  export default function fixNanhai(
    map: string,
    regions: { geometries: { exterior: number[][] }[] }[],
  ): void;
}
