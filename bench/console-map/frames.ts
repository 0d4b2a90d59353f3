/** For the bench: `startFrames()` begins to note when frames are made, `stopFrames()` ends it and answers the times. */
export function offerFrames(): void {
  let times: number[] = [];
  let noting = false;
  const note = (now: number) => {
    times.push(now);
    if (noting) requestAnimationFrame(note);
  };
  const startFrames = () => {
    times = [];
    noting = true;
    requestAnimationFrame(note);
  };
  const stopFrames = () => {
    noting = false;
    return times;
  };
  Object.assign(globalThis, { startFrames, stopFrames });
}
