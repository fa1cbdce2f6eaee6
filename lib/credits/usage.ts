// Usage: answers and credits of a range of days, by day, key, status or reason, from sums that are updated as answers happen. It
// is served as a report, as a CSV file, and beside the balance. A day without answers appears with zeros; other groups appear
// only if they have answers. Refuses ranges that are upside down or too long and, once a plan's free answers of the day are used
// up, more of them.
import { getKeyNames } from '@/lib/accounts/keys';
import { csvLine } from '@/lib/platform/csv';
import type { Tx } from '@/lib/platform/db/transaction';
import { fail, ok, type Result } from '@/lib/platform/errors';
import { USAGE_MAX_DAYS } from '@/lib/platform/limits';
import type { Scope } from '@/lib/platform/scope';
import { type FinalStatus, isReason, type Reason, statusOf, zeroCounts } from '@/lib/verdict/verdict';
import { getBalanceAndMark } from './balance';
import {
  areFreeAnswersUsedUp,
  freeAnswersAllowed,
  freeAnswersProblem,
  isFreeButAsked,
  nextUtcMidnight,
  secondsToUtcMidnight,
} from './rules/free';
import { dayOf, dayRange, type DayRange, daysOf, type UsageGroup, type UsageReport, type UsageRow } from './rules/usage';
import { type CreditSource, listCreditSources, listExpiring } from './store/ledger';
import {
  addFreeAnswers,
  addUsage,
  findFreeAnswers,
  listUsageDays,
  sumCharged,
  sumUsage,
  type UsageDayRow,
  type UsageEntry,
  type UsageSum,
} from './store/usage';

export { usageInsert } from './store/usage';

const CSV_HEADER = ['day', 'api_key_id', 'api_key_name', 'source', 'status', 'reason', 'answers', 'credits'];
const DAYS_AT_ONCE = 7;
const EXPIRIES_SHOWN = 4;

export interface UsageQuestion {
  /** `YYYY-MM-DD`, UTC, both inclusive; the last 30 days if left out. */
  from?: string | undefined;
  to?: string | undefined;
  by: UsageGroup;
}

/** What the usage page says about the balance. */
export interface CreditsOverview {
  available: number;
  held: number;
  /** Soonest first; `expiresAt` is ISO 8601. */
  expiring: { expiresAt: string; credits: number }[];
  /** The mark that applies, and the chosen one; null means the plan's default. */
  mark: number;
  chosenMark: number | null;
}

export async function getUsage(scope: Scope, { from, to, by }: UsageQuestion, now = new Date()): Promise<Result<UsageReport>> {
  const range = dayRange({ from, to }, now);
  if (range === null) {
    return fail('invalid_request', {
      fields: { from: `must be at most ${USAGE_MAX_DAYS} days before the end, and not after it` },
    });
  }
  const sums = await sumUsage(scope, { ...range, by: by === 'status' ? 'reason' : by });
  const names = by === 'key' ? await getKeyNames(scope) : new Map<string, string>();
  const rows = groupsOf(sums, { range, by }).map((group) => {
    const row = addUp(
      group,
      sums.filter((sum) => groupOf(sum, by) === group),
    );
    return { ...row, label: names.get(group) ?? null };
  });
  return ok({ ...range, rows, totals: addUp('', sums) });
}

/** One line per day, key, source and reason, read a few days at a time. Names of keys can't become formulas. */
export async function* exportUsage(scope: Scope, range: DayRange): AsyncGenerator<string> {
  yield csvLine(CSV_HEADER);
  const names = await getKeyNames(scope);
  const days = daysOf(range);
  for (let at = 0; at < days.length; at += DAYS_AT_ONCE) {
    const some = days.slice(at, at + DAYS_AT_ONCE);
    const rows = await listUsageDays(scope, { from: some[0] ?? range.from, to: some.at(-1) ?? range.to });
    yield rows.map((row) => toCsvLine(row, names)).join('');
  }
}

export async function getCreditsOverview(scope: Scope): Promise<CreditsOverview> {
  const [{ available, held, mark, chosenMark }, expiring] = await Promise.all([
    getBalanceAndMark(scope),
    listExpiring(scope, EXPIRIES_SHOWN),
  ]);
  return {
    available,
    held,
    expiring: expiring.map(({ expiresAt, remaining }) => ({ expiresAt: expiresAt.toISOString(), credits: remaining })),
    mark,
    chosenMark,
  };
}

/** What the balance consists of, soonest to expire first; `expiresAt` is ISO 8601. */
export async function getCreditSources(
  scope: Scope,
  take: number,
): Promise<(Omit<CreditSource, 'expiresAt'> & { expiresAt: string | null })[]> {
  const sources = await listCreditSources(scope, take);
  return sources.map((source) => ({ ...source, expiresAt: source.expiresAt?.toISOString() ?? null }));
}

export interface AnswersGiven {
  entries: readonly UsageEntry[];
  /** False: the answers came from memory. Free ones then do not count toward the day's allowance either. */
  wereAsked: boolean;
}

/**
 * Counts final answers in the transaction that makes them final, so that what runs twice counts once. Call it last, after the
 * charge, because others who add to the same sums wait until the transaction ends.
 */
export async function recordUsage(scope: Scope, { entries, wereAsked }: AnswersGiven, tx: Tx): Promise<void> {
  await addUsage(scope, entries, tx);
  const free = wereAsked ? entries.filter(({ reason }) => isFreeButAsked(reason)) : [];
  const answers = free.reduce((sum, entry) => sum + entry.answers, 0);
  await addFreeAnswers(scope, answers, tx);
}

/** Credits charged for one reason since then, in whole days. */
export const sumChargedSince = (scope: Scope, { reason, since }: { reason: Reason; since: Date }, tx: Tx): Promise<number> =>
  sumCharged(scope, { reason, from: dayOf(since) }, tx);

export interface FreeAnswersState {
  plan: string;
  used: number;
  allowed: number;
  /** ISO 8601 */
  resetsAt: string;
}

/** Today's free answers, and how many the plan allows. */
export async function getFreeAnswers(scope: Scope, now: Date): Promise<FreeAnswersState> {
  const { plan, used } = await findFreeAnswers(scope);
  return { plan, used, allowed: freeAnswersAllowed(plan), resetsAt: nextUtcMidnight(now).toISOString() };
}

/**
 * Refuses with 429 until midnight UTC once the plan's free answers of the day are used up. Work under way can exceed the limit:
 * one chunk of lists, and single checks that began before.
 */
export async function checkFreeAnswers(scope: Scope, tx: Tx): Promise<Result<null>> {
  const free = await findFreeAnswers(scope, tx);
  if (!areFreeAnswersUsedUp(free)) return ok(null);
  return fail('rate_limited', { detail: freeAnswersProblem(free.plan), retryAfterS: secondsToUtcMidnight(new Date()) });
}

/** Days in calendar order; other groups by credits, then by answers. */
function groupsOf(sums: readonly UsageSum[], { range, by }: { range: DayRange; by: UsageGroup }): string[] {
  if (by === 'day') return daysOf(range);
  const groups = new Map<string, { credits: number; answers: number }>();
  for (const sum of sums) {
    const known = groups.get(groupOf(sum, by)) ?? { credits: 0, answers: 0 };
    groups.set(groupOf(sum, by), { credits: known.credits + sum.credits, answers: known.answers + sum.answers });
  }
  return [...groups].sort(([, a], [, b]) => b.credits - a.credits || b.answers - a.answers).map(([group]) => group);
}

function groupOf({ group, reason }: UsageSum, by: UsageGroup): string {
  if (by === 'day' || by === 'key') return group;
  return by === 'reason' ? reason : statusOfWord(reason);
}

const statusOfWord = (reason: string): FinalStatus => (isReason(reason) ? statusOf(reason) : 'unknown');

function addUp(group: string, sums: readonly UsageSum[]): UsageRow {
  const counts = zeroCounts();
  const total = { answers: 0, credits: 0 };
  for (const { reason, answers, credits } of sums) {
    counts[statusOfWord(reason)] += answers;
    total.answers += answers;
    total.credits += credits;
  }
  return { group, label: null, ...total, counts };
}

const toCsvLine = (
  { day, apiKeyId, source, reason, answers, credits }: UsageDayRow,
  names: ReadonlyMap<string, string>,
): string =>
  csvLine([
    day,
    apiKeyId === '' ? null : apiKeyId,
    names.get(apiKeyId) ?? null,
    source,
    isReason(reason) ? statusOf(reason) : null,
    reason,
    answers,
    credits,
  ]);
