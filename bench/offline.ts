// Addresses a second through the syntax, disposable and role checks, in one process on one core, without command line or queue.
// Run: npm run bench -- offline [--count 1000000] [--warm-up 50000]; through the command line: bench stream --offline
import { parseArgs } from 'node:util';
import { runClient } from './clients/run-client';
import { machine, round } from './world/machine';
import { startWorld } from './world/start-world';

const { values } = parseArgs({
  options: { count: { type: 'string', default: '1000000' }, 'warm-up': { type: 'string', default: '50000' } },
});
const addresses = Number(values.count);
const world = await startWorld();
try {
  const { elapsedMs, cpuUs, peakMb } = await runClient('offline-client', world, {
    addresses,
    domains: 1,
    warmUp: Number(values['warm-up']),
  });
  console.log(
    JSON.stringify({
      bench: 'offline',
      machine: machine(),
      addresses,
      addresses_per_s: round((addresses / elapsedMs) * 1_000),
      cpu_us_an_address: round(cpuUs / addresses, 2),
      peak_mb: round(peakMb),
    }),
  );
} finally {
  await world.close();
}
