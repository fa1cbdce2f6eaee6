// Simulates a round trip. Work is done after the delay, in order, with any number of items under way at the same time, so pipelining gains
// as much here as on a real network. One timer serves all, so that waiting costs nothing.

export type Latency = (work: () => void) => void;

export function createLatency(delayMs: number): Latency {
  if (delayMs === 0) return (work) => work();
  let under: { due: number; work: () => void }[] = [];
  let done = 0;
  const run = (): void => {
    const now = performance.now();
    for (let next = under[done]; next !== undefined && next.due <= now; next = under[done]) {
      done += 1;
      next.work();
    }
    const next = under[done];
    if (done > 1_000 || next === undefined) {
      under = under.slice(done);
      done = 0;
    }
    if (next !== undefined) setTimeout(run, Math.max(1, Math.ceil(next.due - performance.now())));
  };
  return (work) => {
    under.push({ due: performance.now() + delayMs, work });
    if (under.length === 1) setTimeout(run, delayMs);
  };
}
