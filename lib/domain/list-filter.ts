// What of a list is looked at or taken away: the same words on the page, in its address, in the API and in an export. Promises that a
// filter means the same rows wherever it is used.
import { SEGMENTS, type Segment } from './list';
import { recommend, type PolicyName } from './recommendation';
import { toDomainName } from './domain-name';
import { REASONS, REASONS_BY_STATUS, type FinalStatus, type Reason } from './verdict';

/** Left out: whatever it is. Several together: all of them at once. */
export interface ListFilter {
  status?: FinalStatus | undefined;
  reason?: Reason | undefined;
  /** A provider's id, or `NO_PROVIDER`. */
  provider?: string | undefined;
  /** The beginning of an address, or `@` and a whole domain. */
  q?: string | undefined;
}

/** Rows whose mail host belongs to nobody we know; stored as the empty word. */
export const NO_PROVIDER = 'none';

export const storedProvider = (provider: string): string => (provider === NO_PROVIDER ? '' : provider);

export type RowSearch = { kind: 'domain'; domain: string } | { kind: 'beginning'; beginning: string };

/** Domains are stored as A-labels; what is no domain finds nothing. */
export function toRowSearch(q: string): RowSearch {
  if (!q.startsWith('@')) return { kind: 'beginning', beginning: q };
  const domain = q.slice(1);
  return { kind: 'domain', domain: toDomainName(domain)?.ascii ?? domain.toLowerCase() };
}

/** The reasons that rows may have; null: any. A reason of another status leaves none. */
export function reasonsOfFilter({ status, reason }: ListFilter): readonly Reason[] | null {
  if (status === undefined) return reason === undefined ? null : [reason];
  const ofStatus: readonly Reason[] = REASONS_BY_STATUS[status];
  return reason === undefined ? ofStatus : ofStatus.filter((word) => word === reason);
}

/** The reasons that a policy answers with this recommendation; null: any. */
export function reasonsOfSegment(segment: Segment, policy: PolicyName): readonly Reason[] | null {
  return segment === 'all' ? null : REASONS.filter((reason) => recommend(reason, policy) === segment);
}

export const isSegment = (word: string): word is Segment => SEGMENTS.some((segment) => segment === word);
export const isEmptyFilter = (filter: ListFilter): boolean => Object.values(filter).every((value) => value === undefined);
