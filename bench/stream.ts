// A long list through the command line: how fast it is, and its peak memory.
// Run: npm run bench -- stream [--count 100000] [--domains 1000] [--latency 20] [--sorted] [--offline] [--concurrency 1000]
import { parseArgs } from 'node:util';
import { runCli } from './clients/run-cli';
import { machine, round } from './world/machine';
import { addressesOver, domainOf, mailboxOf } from './world/names';
import { since, startWorld } from './world/start-world';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '100000' },
    domains: { type: 'string', default: '1000' },
    latency: { type: 'string', default: '20' },
    concurrency: { type: 'string' },
    sorted: { type: 'boolean', default: false },
    offline: { type: 'boolean', default: false },
  },
});
const addresses = Number(values.count);
const domains = Number(values.domains);
const { sorted, offline } = values;
const world = await startWorld({ latencyMs: Number(values.latency) });
try {
  const before = await world.figures();
  const args = [
    ...(offline ? ['--offline'] : []),
    ...(values.concurrency === undefined ? [] : ['--concurrency', values.concurrency]),
  ];
  const { elapsedMs, lines, peakMb } = await runCli({
    args,
    settings: world.settings,
    first: mailboxOf(0, domainOf('well', 60_000)),
    emails: addressesOver({ domains, addresses, sorted }),
    onLine: () => false,
  });
  const { connections, transactions, recipients } = since(before, await world.figures());
  console.log(
    JSON.stringify({
      bench: 'stream',
      machine: machine(),
      addresses,
      domains,
      sorted,
      offline,
      latency_ms: Number(values.latency),
      addresses_per_s: round((addresses / elapsedMs) * 1_000),
      peak_mb: peakMb === null ? null : round(peakMb),
      answered: lines,
      connections,
      transactions,
      recipients,
    }),
  );
} finally {
  await world.close();
}
