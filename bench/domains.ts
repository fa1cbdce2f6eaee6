// What a domain costs a worker in memory: the engine's heap after a full collection, by the number of domains asked. No time is measured,
// so other load on the machine does not matter. Run: npm run bench -- domains [--each 10] [--steps 100,2500,5000,10000,20000]
// [--concurrency 2000]
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { machine, round } from './world/machine';
import { nextMessage, startWorld } from './world/start-world';

const { values } = parseArgs({
  options: {
    each: { type: 'string', default: '10' },
    steps: { type: 'string', default: '100,2500,5000,10000,20000' },
    concurrency: { type: 'string', default: '2000' },
  },
});
const steps = values.steps.split(',').map(Number);
const world = await startWorld();
try {
  const plan = { settings: world.settings };
  const child = fork(
    new URL('clients/domains-client.ts', import.meta.url),
    [JSON.stringify({ plan, steps, each: Number(values.each), concurrency: Number(values.concurrency) })],
    { execArgv: [...process.execArgv, '--expose-gc'] },
  );
  const gone = once(child, 'exit').then(() => Promise.reject(new Error('the client ended before it reported')));
  const { heapMb } = z.object({ heapMb: z.array(z.number()) }).parse(await Promise.race([nextMessage(child), gone]));
  const kbADomain = steps.slice(1).map((domains, at) => {
    const grown = (heapMb[at + 1] ?? 0) - (heapMb[0] ?? 0);
    return round((grown * 1_024) / (domains - (steps[0] ?? 0)), 1);
  });
  console.log(
    JSON.stringify({
      bench: 'domains',
      machine: machine(),
      domains: steps,
      heap_mb: heapMb.map((mb) => round(mb, 1)),
      kb_a_domain: [null, ...kbADomain],
    }),
  );
} finally {
  await world.close();
}
