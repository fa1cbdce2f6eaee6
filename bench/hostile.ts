// What hostile hosts cost the others, through the command line: one tarpit among many domains, its addresses first in the list, compared
// with the same list without it, in alternating pairs; a domain that hangs up on every session; and streams that never finish their
// greeting (lines without end, a byte a second, a gigabyte in one line), a hundred addresses each.
// Run: npm run bench -- hostile [--domains 1000] [--each 10] [--tarpit 500] [--pairs 5] [--latency 20]
import { parseArgs } from 'node:util';
import { runCli } from './clients/run-cli';
import { machine, median, round } from './world/machine';
import { addressesOver, domainOf, mailboxOf, type HostKind } from './world/names';
import { startWorld } from './world/start-world';

const { values } = parseArgs({
  options: {
    domains: { type: 'string', default: '1000' },
    each: { type: 'string', default: '10' },
    tarpit: { type: 'string', default: '500' },
    dropping: { type: 'string', default: '100' },
    pairs: { type: 'string', default: '5' },
    latency: { type: 'string', default: '20' },
  },
});
const domains = Number(values.domains);
const addresses = domains * Number(values.each);
const latencyMs = Number(values.latency);
const FIRST = mailboxOf(0, domainOf('well', 60_000));

const pairs = [];
for (let pair = 0; pair < Number(values.pairs); pair++) {
  // In alternating order, so that neither always has the warmer machine.
  const tarpitFirst = pair % 2 === 1;
  const one = await timeOfOthers(tarpitFirst);
  const other = await timeOfOthers(!tarpitFirst);
  const [without, beside] = tarpitFirst ? [other, one] : [one, other];
  pairs.push({
    without_ms: round(without.elapsedMs),
    with_ms: round(beside.elapsedMs),
    ratio: round(beside.elapsedMs / without.elapsedMs, 3),
    tarpit_connections: beside.connections,
  });
}
console.log(
  JSON.stringify({
    bench: 'hostile',
    machine: machine(),
    domains,
    addresses,
    latency_ms: latencyMs,
    tarpit: { addresses: Number(values.tarpit), median_ratio: median(pairs.map(({ ratio }) => ratio)), pairs },
    dropping: await alone('dropping', Number(values.dropping)),
    endless: await alone('endless', Number(values.dropping)),
    trickle: await alone('trickle', Number(values.dropping)),
    flood: await alone('flood', Number(values.dropping)),
  }),
);

async function timeOfOthers(besideTarpit: boolean): Promise<{ elapsedMs: number; connections: number }> {
  const world = await startWorld({ latencyMs });
  try {
    let left = addresses;
    const { elapsedMs } = await runCli({
      args: [],
      settings: world.settings,
      first: FIRST,
      emails: list(besideTarpit ? Number(values.tarpit) : 0),
      onLine: (line) => line.includes('@well') && --left === 0,
    });
    return { elapsedMs, connections: (await world.figures()).connectionsAt.tarpit };
  } finally {
    await world.close();
  }
}

function* list(tarpit: number): Generator<string> {
  for (let index = 0; index < tarpit; index++) yield mailboxOf(index, domainOf('tarpit', 0));
  yield* addressesOver({ domains, addresses });
}

async function alone(kind: HostKind, count: number) {
  const world = await startWorld({ latencyMs });
  const reasons: Record<string, number> = {};
  try {
    const emails = Array.from({ length: count }, (_, index) => mailboxOf(index, domainOf(kind, 0)));
    const onLine = (line: string): boolean => {
      const reason = /"reason":"?(\w+)/.exec(line)?.[1] ?? '';
      reasons[reason] = (reasons[reason] ?? 0) + 1;
      return false;
    };
    const { elapsedMs, peakMb } = await runCli({ args: [], settings: world.settings, first: FIRST, emails, onLine });
    const { connectionsAt, bytesAt } = await world.figures();
    return {
      addresses: count,
      elapsed_ms: round(elapsedMs),
      peak_mb: peakMb,
      connections: connectionsAt[kind],
      kilobytes: Math.ceil(bytesAt[kind] / 1024),
      reasons,
    };
  } finally {
    await world.close();
  }
}
