// How fast the whole engine is against hosts that answer at once, apart from the round trip's delay, compared with the least that any
// client on this machine could spend. Servers, engine and minimal client are separate processes, so their CPU time is reported separately.
// Run: npm run bench -- sink [--count 20000] [--domains 100] [--latencies 0,20,50,100] [--warm-up 2000] [--sorted] [--concurrency 1000] [--tls]
import { parseArgs } from 'node:util';
import { runClient, type ClientRun } from './clients/run-client';
import { machine, round } from './world/machine';
import { startWorld } from './world/start-world';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '20000' },
    domains: { type: 'string', default: '100' },
    latencies: { type: 'string', default: '0,20,50,100' },
    'warm-up': { type: 'string', default: '2000' },
    concurrency: { type: 'string', default: '1000' },
    sorted: { type: 'boolean', default: false },
    tls: { type: 'boolean', default: false },
  },
});
const plan = {
  addresses: Number(values.count),
  domains: Number(values.domains),
  warmUp: Number(values['warm-up']),
  concurrency: Number(values.concurrency),
  sorted: values.sorted,
};

const runs: object[] = [];
for (const latency of values.latencies.split(',')) runs.push(await measure(Number(latency)));
console.log(JSON.stringify({ bench: 'sink', ...plan, tls: values.tls, machine: machine(), runs }));

async function measure(latencyMs: number): Promise<object> {
  const world = await startWorld({ latencyMs, tls: values.tls });
  try {
    const engine = await runClient('engine-client', world, plan);
    const sessionsADomain = Math.max(1, Math.round(engine.seen.connections / plan.domains));
    const groupSize = Math.max(1, Math.round(engine.seen.recipients / Math.max(1, engine.seen.transactions)));
    const ceiling = await runClient('minimal-client', world, { ...plan, sessionsADomain, groupSize });
    const share = rate(engine) / rate(ceiling);
    return {
      latency_ms: latencyMs,
      engine: figures(engine),
      ceiling: figures(ceiling),
      share_of_ceiling: round(share, 3),
      sessions_a_domain: sessionsADomain,
      group_size: groupSize,
    };
  } finally {
    await world.close();
  }
}

function rate({ elapsedMs }: ClientRun): number {
  return (plan.addresses / elapsedMs) * 1_000;
}

function figures(run: ClientRun) {
  const { seen } = run;
  return {
    addresses_per_s: round(rate(run), 0),
    elapsed_ms: round(run.elapsedMs, 0),
    cpu_us_an_address: round(run.cpuUs / plan.addresses, 1),
    servers_cpu_us_an_address: round(seen.cpuUs / plan.addresses, 1),
    connections: seen.connections,
    round_trips: seen.roundTrips,
    transactions: seen.transactions,
    recipients: seen.recipients,
    dns_questions: seen.dnsQuestions,
    data_commands: seen.data,
    peak_mb: round(run.peakMb, 0),
    wrong: run.wrong,
  };
}
