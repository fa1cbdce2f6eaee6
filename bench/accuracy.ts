// How often a verifier is right: ours, or any other that reads addresses, one a line, and prints a JSON object with `email` and `status`
// (deliverable, risky, undeliverable, unknown) for each. Answers are compared with the committed truth of tests/mta, whose real mail
// servers and odd hosts are restarted for each run. DNS_SERVERS (host:port) and SMTP_PORT tell a verifier where they are. Run: npm run
// bench -- accuracy [--verifier 'name=command …']… [--runs 1] [--busy] after tests/mta/install.sh, as root --runs more than one: which
// verdicts differ from run to run --busy beside as many endless loops as there are cores
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { cpus } from 'node:os';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { FINAL_STATUSES, type FinalStatus, statusOf } from '@/lib/verdict/verdict';
import { settingsFor } from '@/tests/mta/product';
import { readSettledTraffic } from '@/tests/mta/server-logs';
import { endAll, freePort } from '@/tests/mta/servers/running';
import { findPlace, startServers } from '@/tests/mta/servers/start-all';
import { TRUTH } from '@/tests/mta/truth';
import { machine, round } from './world/machine';

const { values } = parseArgs({
  options: {
    verifier: { type: 'string', multiple: true, default: [] },
    runs: { type: 'string', default: '1' },
    busy: { type: 'boolean', default: false },
  },
});

interface Verifier {
  name: string;
  command: string;
}

const OURS: Verifier = { name: 'ours', command: 'exec node --enable-source-maps dist/cli.js verify --stdin' };
const verifiers = [OURS, ...values.verifier.map(namedCommand)];
/** A verifier that takes longer is ended; addresses without an answer count as `none`. */
const RUN_MAX_MS = 600_000;

const answerSchema = z.object({ email: z.string(), status: z.enum(FINAL_STATUSES) });
type Said = FinalStatus | 'none';
type Statuses = ReadonlyMap<string, Said>;

interface Run {
  statuses: Statuses;
  seconds: number;
  connections: number;
  exitCode: number | null;
}

function namedCommand(argument: string): Verifier {
  const [name = '', ...command] = argument.split('=');
  if (name === '' || command.length === 0) throw new Error(`--verifier wants name=command, not ${argument}`);
  return { name, command: command.join('=') };
}

async function runOnce(verifier: Verifier): Promise<Run> {
  const place = await findPlace();
  const loops = values.busy ? cpus().map(() => spawn(process.execPath, ['-e', 'for (;;);'])) : [];
  try {
    await startServers(place);
    const settings = settingsFor(place, await freePort());
    const startedAt = performance.now();
    const { statuses, exitCode } = await ask(verifier, settings);
    const seconds = round((performance.now() - startedAt) / 1_000, 1);
    const { connections } = await readSettledTraffic(place.dir);
    return { statuses, seconds, exitCode, connections: [...connections.values()].reduce((sum, count) => sum + count, 0) };
  } finally {
    for (const loop of loops) loop.kill('SIGKILL');
    await endAll();
    rmSync(place.dir, { recursive: true, force: true });
  }
}

async function ask({ command }: Verifier, settings: Record<string, string>): Promise<Pick<Run, 'statuses' | 'exitCode'>> {
  const child = spawn('bash', ['-c', command], { env: { ...process.env, ...settings }, stdio: ['pipe', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const overdue = setTimeout(() => child.kill('SIGKILL'), RUN_MAX_MS);
  child.stdin.on('error', () => undefined);
  child.stdin.end(TRUTH.map(({ address }) => `${address}\n`).join(''));
  const statuses = await readStatuses(child);
  await exited;
  clearTimeout(overdue);
  return { statuses, exitCode: child.exitCode };
}

async function readStatuses({ stdout }: Pick<ChildProcess, 'stdout'>): Promise<Statuses> {
  const statuses = new Map<string, Said>(TRUTH.map(({ address }) => [address, 'none']));
  if (stdout === null) return statuses;
  for await (const line of createInterface({ input: stdout })) {
    const { email, status } = answerSchema.parse(JSON.parse(line));
    if (statuses.has(email)) statuses.set(email, status);
  }
  return statuses;
}

/** Rows: the truth. Columns: the answer. */
function confusion(statuses: Statuses): Record<FinalStatus, Record<Said, number>> {
  const row = (): Record<Said, number> => ({ deliverable: 0, risky: 0, undeliverable: 0, unknown: 0, none: 0 });
  const matrix = { deliverable: row(), risky: row(), undeliverable: row(), unknown: row() };
  for (const { address, reason } of TRUTH) matrix[statusOf(reason)][statuses.get(address) ?? 'none'] += 1;
  return matrix;
}

function figures({ statuses, seconds, connections, exitCode }: Run): object {
  const matrix = confusion(statuses);
  const knowable = TRUTH.filter(({ reason }) => statusOf(reason) !== 'unknown').length;
  const right = matrix.deliverable.deliverable + matrix.risky.risky + matrix.undeliverable.undeliverable;
  const open = (row: Record<Said, number>): number => row.unknown + row.none;
  const unanswered = open(matrix.deliverable) + open(matrix.risky) + open(matrix.undeliverable);
  return {
    addresses: TRUTH.length,
    knowable,
    right_of_knowable: round(right / knowable, 4),
    unknown_of_knowable: round(unanswered / knowable, 4),
    living_called_undeliverable: matrix.deliverable.undeliverable + matrix.risky.undeliverable,
    dead_called_deliverable: matrix.undeliverable.deliverable,
    guessed_where_nobody_can_know: TRUTH.length - knowable - open(matrix.unknown),
    connections_an_address: round(connections / TRUTH.length, 3),
    seconds,
    exit_code: exitCode,
    matrix,
    wrong: TRUTH.filter(({ address, reason }) => statuses.get(address) !== statusOf(reason)).map(
      ({ address }) => `${address}: ${statuses.get(address) ?? 'none'}`,
    ),
  };
}

/** Knowable addresses whose answers differ between runs. */
const differing = (runs: readonly Run[]): readonly string[] =>
  TRUTH.filter(({ address, reason }) => {
    const said = new Set(runs.map(({ statuses }) => statuses.get(address)));
    return statusOf(reason) !== 'unknown' && said.size > 1;
  }).map(({ address }) => address);

const results: object[] = [];
for (const verifier of verifiers) {
  const runs: Run[] = [];
  for (let n = 0; n < Number(values.runs); n += 1) runs.push(await runOnce(verifier));
  results.push({ verifier: verifier.name, runs: runs.map(figures), differing: differing(runs) });
}
console.log(JSON.stringify({ bench: 'accuracy', machine: machine(), busy: values.busy, results }));
