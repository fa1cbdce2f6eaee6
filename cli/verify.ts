// `verify`: runs the engine in this process, without a database. One JSON object a line as each address finishes. Greylisted
// addresses are asked again within --max-wait; meanwhile they hold no slot, so the others go on.
import { Command, InvalidArgumentError } from 'commander';
import type { EngineAnswer } from '@/lib/domain/answer';
import type { GreylistTriplet } from '@/lib/domain/mail-host';
import { BULK_BUDGET_MS, GREYLIST_DELAY_MIN_S, GREYLIST_LADDER_S, INTERACTIVE_BUDGET_MS } from '@/lib/domain/limits';
import { env } from '@/lib/env';
import { createMemoryAcceptAllStore } from '@/worker/adapters/smtp/accept-all-store';
import { composeEngine, type Engine } from '@/worker/compose';
import { endWithReader, inputLines, printLine } from './lines';

interface Options {
  stdin?: boolean;
  offline?: boolean;
  concurrency: number;
  maxWait: number;
}

const CONCURRENCY_DEFAULT = 200;
const CONCURRENCY_MAX = 5_000;
const WAIT_MAX_S = 86_400;
/** Greylisted addresses that may wait at once; beyond that one answers as it stands, so that memory stays flat. */
const WAITING_MAX = 20_000;

export function verifyCommand(): Command {
  return new Command('verify')
    .description('verify addresses; prints one JSON object a line as each finishes')
    .argument('[addresses...]', 'addresses to verify')
    .option('--stdin', 'read one address, or {"email": …} object, a line from standard input')
    .option('--offline', 'only what needs no network: syntax, disposable, role')
    .option('--concurrency <number>', 'addresses under way at once', wholeNumber(1, CONCURRENCY_MAX), CONCURRENCY_DEFAULT)
    .option('--max-wait <seconds>', 'how long greylisted addresses may be asked again', wholeNumber(0, WAIT_MAX_S), 0)
    .action(async (addresses: string[], options: Options, command: Command) => {
      if (addresses.length === 0 && options.stdin !== true) command.error('Name an address, or give --stdin.');
      endWithReader();
      const engine = await composeEngine({ settings: engineSettings(options), acceptAll: createMemoryAcceptAllStore() });
      try {
        await verifyAll(engine, addressesFrom(addresses, options.stdin === true), options);
      } finally {
        await engine.close();
      }
    });
}

const engineSettings = (options: Options) => (options.offline === true ? { ...env(), MAIL_SANDBOX: 'off' as const } : env());

async function* addressesFrom(given: string[], readsInput: boolean): AsyncGenerator<string> {
  yield* given;
  if (readsInput) for await (const line of inputLines()) yield emailOf(line);
}

/** A line is an address, or a JSON object with one; what is neither is verified as it stands and fails on its syntax. */
function emailOf(line: string): string {
  if (!line.trimStart().startsWith('{')) return line;
  try {
    const value: unknown = JSON.parse(line.trim()); // a byte order mark is no JSON
    if (typeof value === 'object' && value !== null && 'email' in value && typeof value.email === 'string') return value.email;
  } catch {
    // not JSON after all
  }
  return line;
}

async function verifyAll(engine: Engine, addresses: AsyncGenerator<string>, options: Options): Promise<void> {
  const run: Run = {
    engine,
    isOffline: options.offline === true,
    budgetMs: options.stdin === true ? BULK_BUDGET_MS : INTERACTIVE_BUDGET_MS,
    giveUpAt: Date.now() + options.maxWait * 1_000,
    active: new Set(),
    waiting: new Set(),
  };
  for await (const email of addresses) {
    while (run.active.size >= options.concurrency) await Promise.race(run.active);
    begin(run, { email, triplet: null, attempt: 0 });
  }
  while (run.active.size + run.waiting.size > 0) await Promise.race([...run.active, ...run.waiting]);
}

interface Run {
  engine: Engine;
  isOffline: boolean;
  budgetMs: number;
  giveUpAt: number;
  active: Set<Promise<void>>;
  waiting: Set<Promise<void>>;
}

interface Attempt {
  email: string;
  triplet: GreylistTriplet | null;
  attempt: number;
}

function begin(run: Run, attempt: Attempt): void {
  track(run.active, verifyOnce(run, attempt));
}

function track(set: Set<Promise<void>>, work: Promise<void>): void {
  const tracked: Promise<void> = work.finally(() => set.delete(tracked));
  set.add(tracked);
}

async function verifyOnce(run: Run, { email, triplet, attempt }: Attempt): Promise<void> {
  const subject = { email, triplet, deadline: Date.now() + run.budgetMs };
  const answer = await run.engine.verify(subject, { offline: run.isOffline });
  const next = answer.askAgain;
  const leftMs = run.giveUpAt - Date.now();
  const delayMs = next === null ? null : delayBeforeRetryMs(next.afterS, attempt, leftMs);
  if (next === null || delayMs === null || run.waiting.size >= WAITING_MAX) return printLine(lineOf(answer));
  const again = new Promise<void>((done) => {
    setTimeout(() => {
      begin(run, { email, triplet: next.triplet, attempt: attempt + 1 });
      done();
    }, delayMs);
  });
  track(run.waiting, again);
}

/**
 * How long to wait, or null where it does not fit in what is left. A second more than the server asked for: servers count
 * whole seconds. Where it named no delay the ladder says, or the last moment when that comes sooner.
 */
function delayBeforeRetryMs(askedS: number | null, attempt: number, leftMs: number): number | null {
  const ladderS = GREYLIST_LADDER_S[Math.min(attempt, GREYLIST_LADDER_S.length - 1)] ?? GREYLIST_LADDER_S[0];
  const wantedMs = (Math.max(askedS ?? ladderS, GREYLIST_DELAY_MIN_S) + 1) * 1_000;
  if (wantedMs <= leftMs) return wantedMs;
  return askedS === null && leftMs >= GREYLIST_DELAY_MIN_S * 1_000 ? leftMs : null;
}

const lineOf = (answer: EngineAnswer) => ({
  email: answer.email,
  status: answer.verdict.status,
  reason: answer.verdict.reason,
  score: answer.verdict.score,
  flags: answer.verdict.flags,
  mx: answer.mx,
  evidence: answer.evidence,
  duration_ms: answer.durationMs,
});

const wholeNumber = (min: number, max: number) => (text: string) => {
  const number = Number(text);
  if (!Number.isInteger(number) || number < min || number > max) {
    throw new InvalidArgumentError(`It has to be a whole number from ${min} to ${max}.`);
  }
  return number;
};
