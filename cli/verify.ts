// `verify`: runs the engine in this process, without a database. Prints one JSON object a line as each address finishes. Temporary failures
// (greylisted, too busy, too slow) are asked again within --max-wait, and the line holds the evidence of every attempt; a waiting address
// holds no slot, so the others go on. An address held back only by our own pace and limits is asked when they allow it, however long that
// takes, because until then there is nothing to print.
import { Command, Option } from 'commander';
import { setTimeout as sleep } from 'node:timers/promises';
import { type AskAgain, isHeldBack, type HeldBack, mergeEvidence, overAttempts } from '@/lib/verdict/answer';
import type { Evidence } from '@/lib/verdict/evidence';
import type { GreylistTriplet } from '@/lib/verdict/mail-host';
import { retryWaitS } from '@/lib/verdict/retry-schedule';
import { POLICY_NAMES, type PolicyName } from '@/lib/verdict/verdict';
import { BULK_BUDGET_MS, GREYLIST_DELAY_MIN_S, INTERACTIVE_BUDGET_MS } from '@/lib/platform/limits';
import { env } from '@/lib/platform/env';
import { createMemoryCatchAllStore } from '@/worker/adapters/smtp/catch-all/catch-all';
import { describeError } from '@/lib/platform/errors';
import { composeEngine, type Engine } from '@/worker/compose';
import { lineOf } from './answer-line';
import { FairSlots, type SlotLimits } from './fair-slots';
import { endWithReader, inputPieces, printJson } from './lines';
import { wholeNumber } from './options';
import { PROGRAM_NAME } from './program';

interface Options {
  stdin?: boolean;
  offline?: boolean;
  hosted?: boolean;
  policy?: PolicyName;
  concurrency: number;
  maxWait: number;
}

const CONCURRENCY_DEFAULT = 2_000;
const CONCURRENCY_MAX = 5_000;
const WAIT_MAX_S = 86_400;
/** The most addresses that wait for their next attempt. Beyond that, an address gets the answer it has, so that memory stays flat. */
const WAITING_MAX = 20_000;
/** An address under way for this long no longer takes a slot from the others; at most `SLOW_MAX` are in that state at once. */
const SLOW_AFTER_MS = 2_000;
const SLOW_MAX = 2_000;
/** The most for one domain at once: enough for several full groups on each of its sessions, but never all slots. */
const DOMAIN_SLOTS_MIN = 100;
const DOMAIN_SLOTS_SHARE = 0.1;
/**
 * While others wait: fewer than a group, so that a second session is rarely worth opening and many domains begin at once. With more, a few
 * domains took all slots and waited for round trips, and hosts with limits that came late in the list were asked when all others were done.
 */
const DOMAIN_SLOTS_AT_FIRST = 20;
/** Addresses read but not started. */
const QUEUE_MAX = 50_000;
const GATHER_MS = 20;
/** The delay before an address that our own pace or limits held back is tried again. */
const HELD_BACK_MS = 1_000;

const EXAMPLES = `
Examples:
  $ ${PROGRAM_NAME} verify jane@example.com
  $ ${PROGRAM_NAME} verify --stdin --max-wait 300 < addresses.txt > verdicts.jsonl
  $ ${PROGRAM_NAME} verify --offline jane@example.com | jq .flags
  $ ${PROGRAM_NAME} verify --hosted --policy signup jane@example.com`;

export function verifyCommand(): Command {
  return new Command('verify')
    .description(
      'Verify addresses, and print one JSON object per line as each finishes. Uses the engine on this machine, without an account, unless you choose the API with --hosted.',
    )
    .argument('[addresses...]', 'addresses to verify')
    .option('--stdin', 'read addresses from standard input: one address or {"email": …} object per line')
    .addOption(new Option('--offline', 'run only the checks that need no network: syntax, disposable, role').conflicts('hosted'))
    .option('--hosted', 'use the API with the key from login; costs credits like any other call')
    .addOption(new Option('--policy <name>', 'with --hosted: what you plan to use the addresses for').choices(POLICY_NAMES))
    .option('--concurrency <number>', 'how many addresses to check at once', wholeNumber(1, CONCURRENCY_MAX), CONCURRENCY_DEFAULT)
    .option(
      '--max-wait <seconds>',
      'how long to wait for addresses that cannot be decided yet, such as greylisted ones',
      wholeNumber(0, WAIT_MAX_S),
      0,
    )
    .addHelpText('after', EXAMPLES)
    .action(async (addresses: string[], options: Options, command: Command) => {
      if (addresses.length === 0 && options.stdin !== true) command.error('Name an address or use --stdin.');
      if (options.policy !== undefined && options.hosted !== true) command.error('--policy needs --hosted.');
      endWithReader();
      const given = addressesFrom(addresses, options.stdin === true);
      if (options.hosted !== true) return verifyHere(given, options);
      const isSaid = command.getOptionValueSource('concurrency') === 'cli';
      const { verifyHosted } = await import('./hosted/verify');
      return verifyHosted(given, { ...options, concurrency: isSaid ? options.concurrency : null });
    });
}

async function verifyHere(given: AsyncGenerator<readonly string[]>, options: Options): Promise<void> {
  const engine = await composeEngine({
    settings: engineSettings(options),
    catchAll: createMemoryCatchAllStore(),
    onFault: (error) => console.error(`A conversation with a mail host broke down: ${describeError(error)}`),
  });
  try {
    await (options.offline === true ? verifyOffline(engine, given) : verifyOnline(engine, given, options));
  } finally {
    await engine.close();
  }
}

const engineSettings = (options: Options) => (options.offline === true ? { ...env(), MAIL_SANDBOX: 'off' as const } : env());

async function* addressesFrom(given: readonly string[], readsInput: boolean): AsyncGenerator<readonly string[]> {
  yield given;
  if (readsInput) for await (const lines of inputPieces()) yield lines.map(emailOf);
}

/** A line is an address or a JSON object with one. Anything else is verified unchanged and fails on its syntax. */
function emailOf(line: string): string {
  if (!line.trimStart().startsWith('{')) return line;
  try {
    const value: unknown = JSON.parse(line.trim()); // JSON.parse rejects a byte order mark
    if (typeof value === 'object' && value !== null && 'email' in value && typeof value.email === 'string') return value.email;
  } catch {
    // not JSON after all
  }
  return line;
}

/** Offline checks wait for nothing, so they run one after the other. */
async function verifyOffline(engine: Engine, addresses: AsyncGenerator<readonly string[]>): Promise<void> {
  for await (const emails of addresses) {
    for (const email of emails) {
      const subject = { email, triplet: null, deadline: Date.now() + INTERACTIVE_BUDGET_MS };
      const wait = printJson(lineOf(email, await engine.verify(subject, { offline: true })));
      if (wait !== null) await wait;
    }
  }
}

async function verifyOnline(engine: Engine, addresses: AsyncGenerator<readonly string[]>, options: Options): Promise<void> {
  const run: Run = {
    engine,
    budgetMs: options.stdin === true ? BULK_BUDGET_MS : INTERACTIVE_BUDGET_MS,
    giveUpAt: Date.now() + options.maxWait * 1_000,
    waiting: new Set(),
    slots: new FairSlots<Attempt>(slotLimits(options.concurrency), (attempt) => verifyOnce(run, attempt)),
  };
  for await (const emails of addresses) {
    for (const email of emails) {
      const wait = begin(run, { email, triplet: null, attempt: 0, evidence: [], since: null });
      if (wait !== null) await wait;
    }
  }
  do await Promise.all([run.slots.whenIdle(), ...run.waiting]);
  while (!run.slots.isIdle || run.waiting.size > 0);
}

const slotLimits = (concurrency: number): SlotLimits => ({
  slots: concurrency,
  slotsAtFirst: DOMAIN_SLOTS_AT_FIRST,
  slotsADomain: Math.min(concurrency, Math.max(DOMAIN_SLOTS_MIN, Math.ceil(concurrency * DOMAIN_SLOTS_SHARE))),
  slowAfterMs: SLOW_AFTER_MS,
  slowMax: SLOW_MAX,
  queueMax: QUEUE_MAX,
  gatherMs: GATHER_MS,
});

interface Run {
  engine: Engine;
  budgetMs: number;
  giveUpAt: number;
  waiting: Set<Promise<void>>;
  slots: FairSlots<Attempt>;
}

interface Attempt {
  email: string;
  triplet: GreylistTriplet | null;
  attempt: number;
  /** From earlier attempts. */
  evidence: readonly Evidence[];
  /** Epoch ms of the first attempt's start; null while the address waits for its first slot. */
  since: number | null;
}

function begin(run: Run, attempt: Attempt): Promise<void> | null {
  return run.slots.add(attempt.email.slice(attempt.email.lastIndexOf('@') + 1).toLowerCase(), attempt);
}

async function verifyOnce(run: Run, { email, triplet, attempt, evidence: earlier, since: before }: Attempt): Promise<void> {
  const since = before ?? Date.now();
  const found = await run.engine.verify({ email, triplet, deadline: Date.now() + budgetMs(run, attempt) });
  if (isHeldBack(found.askAgain)) {
    await waitForTurn(run, { email, triplet, attempt, evidence: earlier, since }, found.askAgain);
    return;
  }
  const next = found.askAgain;
  const delayMs = next === null ? null : delayBeforeRetryMs(next, attempt, run.giveUpAt - Date.now());
  if (next === null || delayMs === null || run.waiting.size >= WAITING_MAX) {
    // The whole time since the start, including waits for the host and for our own pace.
    await printJson(lineOf(email, { ...overAttempts(earlier, found), durationMs: Date.now() - since }));
    return;
  }
  const evidence = mergeEvidence(earlier, found.evidence);
  beginLater(run, { email, triplet: next.triplet, attempt: attempt + 1, evidence, since }, delayMs);
}

function beginLater(run: Run, attempt: Attempt, delayMs: number): void {
  const again: Promise<void> = new Promise<void>((done) => {
    setTimeout(() => {
      void begin(run, attempt);
      done();
    }, delayMs);
  }).finally(() => run.waiting.delete(again));
  run.waiting.add(again);
}

/** Repeats the same attempt. It keeps its slot only if too many others wait already. */
async function waitForTurn(run: Run, attempt: Attempt, { afterS }: HeldBack): Promise<void> {
  const delayMs = afterS === null ? HELD_BACK_MS : afterS * 1_000;
  if (run.waiting.size < WAITING_MAX) {
    beginLater(run, attempt, delayMs);
    return;
  }
  await sleep(delayMs);
  await verifyOnce(run, attempt);
}

/** A retry may not run far past the time that the command was given. */
const budgetMs = ({ budgetMs: full, giveUpAt }: Run, attempt: number): number =>
  attempt === 0 ? full : Math.min(full, Math.max(INTERACTIVE_BUDGET_MS, giveUpAt - Date.now()));

/**
 * How long to wait, or null if the schedule has ended or its wait does not fit in the time left. One second more than the server asked
 * for, because servers count whole seconds. If it named no delay, the schedule's, or all the time left if that is shorter.
 */
function delayBeforeRetryMs(next: AskAgain, attempt: number, leftMs: number): number | null {
  const waitS = retryWaitS(next, attempt);
  if (waitS === null) return null;
  const wantedMs = (waitS + 1) * 1_000;
  if (wantedMs <= leftMs) return wantedMs;
  return next.afterS === null && leftMs >= GREYLIST_DELAY_MIN_S * 1_000 ? leftMs : null;
}
