// A list through the shipped command line, startup included, and through other verifiers in the same run. There are 100 mail hosts: ten
// are limited (five take ten recipients a connection, five take five connections at once) and ten accept every name. A verifier reads
// addresses, one a line, and prints a JSON object with `email` and `status` for each; DNS_SERVERS and SMTP_PORT tell it where to ask.
// Run: npm run bench -- cli [--count 20000] [--latency 50] [--runs 3] [--verifier 'name=command …']…   after scripts/bundle.mjs
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import { type CommandRun, runCommand } from './clients/run-command';
import { environment } from './clients/run-cli';
import { machine, median, round } from './world/machine';
import { domainOf, type HostKind } from './world/names';
import { since, startWorld } from './world/start-world';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '20000' },
    latency: { type: 'string', default: '50' },
    runs: { type: 'string', default: '1' },
    verifier: { type: 'string', multiple: true, default: ['naive=exec node --import tsx bench/clients/naive-verifier.ts 450'] },
  },
});
const count = Number(values.count);
const HOSTS = 100;
const EXISTING_OF_TEN = 7;
const OURS = 'ours=exec node --max-old-space-size=1024 --enable-source-maps dist/cli.js verify --stdin';

/** Spreads the special hosts over the list. */
function kindOfHost(index: number): HostKind {
  if (index % 20 === 3) return index % 40 === 3 ? 'full' : 'ends';
  if (index % 20 === 13) return 'five';
  return index % 10 === 6 ? 'all' : 'well';
}

/** The true status of each address, going round the hosts. */
const truth = new Map(
  Array.from({ length: count }, (_, at): [string, string] => {
    const host = at % HOSTS;
    const mailbox = Math.floor(at / HOSTS);
    const kind = kindOfHost(host);
    const exists = mailbox % 10 < EXISTING_OF_TEN;
    const status = kind === 'all' ? 'risky' : exists ? 'deliverable' : 'undeliverable';
    return [`${exists ? 'user' : 'nobody'}${String(mailbox)}@${domainOf(kind, host)}`, status];
  }),
);

async function runOnce(command: string): Promise<Figures> {
  const world = await startWorld({ latencyMs: Number(values.latency) });
  try {
    const before = await world.figures();
    const run = await runCommand(command, { env: environment(world.settings), emails: truth.keys() });
    return figures(run, since(before, await world.figures()));
  } finally {
    await world.close();
  }
}

type Figures = ReturnType<typeof figures>;
function figures(run: CommandRun, seen: ReturnType<typeof since>) {
  const said = { right: 0, unknown: 0, wrong: 0 };
  for (const [email, status] of truth) {
    const answer = run.answers.get(email)?.status;
    if (answer === status) said.right += 1;
    else if (answer === undefined || answer === 'unknown') said.unknown += 1;
    else said.wrong += 1;
  }
  const times = [...run.answers.values()].map(({ atMs }) => atMs).toSorted((a, b) => a - b);
  const partOf = (part: number): number => round(times[Math.floor(times.length * part)] ?? 0);
  return {
    addresses_per_s: round((count / run.elapsedMs) * 1_000),
    cpu_ms_an_address: round(run.cpuMs / count, 3),
    connections_an_address: round(seen.connections / count, 3),
    refused_connections: seen.refusedConnections,
    refused_again: seen.refusedAgain,
    recipients_an_address: round(seen.recipients / count, 3),
    dns_questions: seen.dnsQuestions,
    data_commands: seen.data,
    answered_ms: { first: partOf(0), p50: partOf(0.5), p90: partOf(0.9), p99: partOf(0.99), all: round(run.elapsedMs) },
    servers_cpu_ms_an_address: round(seen.cpuUs / 1_000 / count, 3),
    ...said,
  };
}

const verifiers = [OURS, ...values.verifier].map((argument) => {
  const at = argument.indexOf('=');
  return { name: argument.slice(0, at), command: argument.slice(at + 1), runs: new Array<Figures>() };
});
// Verifiers take turns, so that none always has the quieter machine.
for (let run = 0; run < Number(values.runs); run += 1)
  for (const { command, runs } of verifiers) runs.push(await runOnce(command));
const rates = verifiers.map(({ name, runs }) => ({ name, rate: median(runs.map((run) => run.addresses_per_s)) }));
const [ours, ...others] = rates;
const output = {
  bench: 'cli',
  machine: machine(),
  addresses: count,
  hosts: HOSTS,
  latency_ms: Number(values.latency),
  ratios: Object.fromEntries(others.map(({ name, rate }) => [name, round((ours?.rate ?? 0) / rate, 2)])),
  verifiers: verifiers.map(({ name, runs }) => ({ name, runs })),
};
if (!process.stdout.write(`${JSON.stringify(output)}\n`)) await once(process.stdout, 'drain');
