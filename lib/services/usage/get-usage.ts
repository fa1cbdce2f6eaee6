// Answers and credits of a range of days, by day, key, status or reason, from the sums that are kept as answers happen. A day without
// answers is there with zeros; other groups only where there was something. Refuses ranges that are upside down or too long.
import { listKeyNames } from '@/lib/data/api-keys';
import type { Scope } from '@/lib/data/scope';
import { sumUsage, type UsageSum } from '@/lib/data/usage';
import { USAGE_MAX_DAYS } from '@/lib/domain/limits';
import { dayRange, daysOf, type DayRange, type UsageGroup, type UsageReport, type UsageRow } from '@/lib/domain/usage';
import { isReason, statusOf, type FinalStatus } from '@/lib/domain/verdict';
import { fail, ok, type Result } from '@/lib/errors';

export interface UsageQuestion {
  /** `YYYY-MM-DD`, UTC, both included; left out: the last 30 days. */
  from?: string | undefined;
  to?: string | undefined;
  by: UsageGroup;
}

export async function getUsage(scope: Scope, { from, to, by }: UsageQuestion, now = new Date()): Promise<Result<UsageReport>> {
  const range = dayRange({ from, to }, now);
  if (range === null) {
    return fail('invalid_request', {
      fields: { from: `must be at most ${USAGE_MAX_DAYS} days before the end, and not after it` },
    });
  }
  const sums = await sumUsage(scope, { ...range, by: by === 'status' ? 'reason' : by });
  const names = by === 'key' ? await listKeyNames(scope) : new Map<string, string>();
  const rows = groupsOf(sums, { range, by }).map((group) => {
    const row = addUp(
      group,
      sums.filter((sum) => groupOf(sum, by) === group),
    );
    return { ...row, label: names.get(group) ?? null };
  });
  return ok({ ...range, rows, totals: addUp('', sums) });
}

/** Days in their order; everything else by credits, then answers. */
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
  const counts: Record<FinalStatus, number> = { deliverable: 0, risky: 0, unknown: 0, undeliverable: 0 };
  const total = { answers: 0, credits: 0 };
  for (const { reason, answers, credits } of sums) {
    counts[statusOfWord(reason)] += answers;
    total.answers += answers;
    total.credits += credits;
  }
  return { group, label: null, ...total, counts };
}
