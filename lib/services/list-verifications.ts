// A workspace's verifications, newest first, in cursor pages of a bounded size.
import type { Scope } from '@/lib/data/scope';
import { listVerificationRows } from '@/lib/data/verifications';
import { ADDRESS_INPUT_MAX_CHARS, PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX } from '@/lib/domain/limits';
import type { Reason, Status } from '@/lib/domain/verdict';
import type { VerificationSource, VerificationSummary } from '@/lib/domain/verification-view';
import { toKeptAddress } from './kept-address';
import { toSummary } from './verification-view';

export interface VerificationFilter {
  status?: Status | undefined;
  reason?: Reason | undefined;
  source?: VerificationSource | undefined;
  /** Beginning of an address, or `@` and the end of one. */
  query?: string | undefined;
  /** Exactly this address, as it was given or in normal form. */
  email?: string | undefined;
  /** Only answers of test keys, or only real ones. */
  test?: boolean | undefined;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
  limit?: number | undefined;
}

export interface VerificationPage {
  items: VerificationSummary[];
  nextCursor: string | null;
}

export async function listVerifications(scope: Scope, filter: VerificationFilter = {}): Promise<VerificationPage> {
  const limit = Math.min(Math.max(1, Math.trunc(filter.limit ?? PAGE_SIZE_DEFAULT)), PAGE_SIZE_MAX);
  const query = filter.query?.trim().slice(0, ADDRESS_INPUT_MAX_CHARS).replaceAll('\0', '');
  const email = filter.email === undefined ? undefined : toKeptAddress(filter.email);
  const rows = await listVerificationRows(scope, { ...filter, query, email, take: limit + 1 });
  const items = rows.slice(0, limit).map(toSummary);
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}
