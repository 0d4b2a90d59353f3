/** Stock as per cent of the floor, rounded away from 100 so that overflow shows where there is one and only there. */
export function percentFull(stock: number, floor: number, isOverflow: boolean): number {
  const percent = Math.round((100 * stock) / floor);
  return isOverflow ? Math.max(101, percent) : Math.min(100, percent);
}
