/** For the bench: `startFrames()` begins to note when frames are made, `stopFrames()` ends it and answers the times and how many events
 * of pointer and wheel there were. */
export function offerFrames(): void {
  let times: number[] = [];
  let noting = false;
  let events = 0;
  const count = () => events++;
  addEventListener('pointermove', count, { capture: true });
  addEventListener('wheel', count, { capture: true, passive: true });
  const note = (now: number) => {
    times.push(now);
    if (noting) requestAnimationFrame(note);
  };
  const startFrames = () => {
    times = [];
    events = 0;
    noting = true;
    requestAnimationFrame(note);
  };
  const stopFrames = () => {
    noting = false;
    return { times, events };
  };
  Object.assign(globalThis, { startFrames, stopFrames });
}
