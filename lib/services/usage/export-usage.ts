// Usage as a CSV file: a line for each day, key, source and reason, some days at a time. Names of keys can't become formulas.
import { listKeyNames } from '@/lib/data/api-keys';
import type { Scope } from '@/lib/data/scope';
import { listUsageDays, type UsageDayRow } from '@/lib/data/usage';
import { csvLine } from '@/lib/domain/csv-cell';
import { daysOf, type DayRange } from '@/lib/domain/usage';
import { isReason, statusOf } from '@/lib/domain/verdict';

const HEADER = ['day', 'api_key_id', 'api_key_name', 'source', 'status', 'reason', 'answers', 'credits'];
const DAYS_AT_ONCE = 7;

export async function* exportUsage(scope: Scope, range: DayRange): AsyncGenerator<string> {
  yield csvLine(HEADER);
  const names = await listKeyNames(scope);
  const days = daysOf(range);
  for (let at = 0; at < days.length; at += DAYS_AT_ONCE) {
    const some = days.slice(at, at + DAYS_AT_ONCE);
    const rows = await listUsageDays(scope, { from: some[0] ?? range.from, to: some.at(-1) ?? range.to });
    yield rows.map((row) => toCsv(row, names)).join('');
  }
}

const toCsv = ({ day, apiKeyId, source, reason, answers, credits }: UsageDayRow, names: ReadonlyMap<string, string>): string =>
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
