// What the history contains and how it is searched: single checks, rows of lists, and lists as a whole. Which of these a search shows
// depends only on whether it names addresses. Also here: the first steps of a new workspace, and how long its dashboard reminds of them.
import type { ListView } from '@/lib/lists/rules/view';
import { FIRST_STEPS_DAYS } from '@/lib/platform/limits';
import { DAY_MS } from '@/lib/platform/time';
import { parseAddress, toDomainName, trimAddress } from '@/lib/verdict/address';
import type { Reason, Status } from '@/lib/verdict/verdict';
import type { VerificationSummary } from '@/lib/verdict/verification';

export interface FirstSteps {
  /** Whether anything was verified, by a single check or a list. */
  hasVerified: boolean;
  hasList: boolean;
  hasKey: boolean;
}

export const HISTORY_SOURCES = ['app', 'api', 'list'] as const;
export type HistorySource = (typeof HISTORY_SOURCES)[number];

export type AddressSearch =
  /** One mailbox: its spellings as they may be stored, in lower case, and the canonical form they share. */
  | { kind: 'exact'; spellings: string[]; canonical: string }
  | { kind: 'beginning'; beginning: string }
  /** As rows of lists store it, and as people read it. */
  | { kind: 'domain'; ascii: string; unicode: string };

export interface HistoryFilter {
  /** Null means everything: single checks, and each list as one line. */
  search: AddressSearch | null;
  status?: Status | undefined;
  reason?: Reason | undefined;
  source?: HistorySource | undefined;
  /** The API key that asked. */
  keyId?: string | undefined;
  /** `YYYY-MM-DD`, UTC, both inclusive. */
  from?: string | undefined;
  to?: string | undefined;
  /** Only answers of test keys and test lists, or only real ones. */
  test?: boolean | undefined;
}

interface WithKey {
  /** The API key that asked; its name if it still exists. */
  key: { id: string; name: string | null } | null;
  /** When it was asked; for a row, when its verdict was found. ISO 8601. */
  at: string;
}

/** A single check. */
export interface HistoryCheck extends WithKey {
  kind: 'check';
  summary: VerificationSummary;
}

/** A verdict in a list; `summary.id` names list and row. */
export interface HistoryRow extends WithKey {
  kind: 'row';
  list: { id: string; name: string; row: number };
  summary: VerificationSummary;
}

/** A list as one line. */
export interface HistoryList extends WithKey {
  kind: 'list';
  list: ListView;
  /** How many of its verdicts match the filter. */
  matching: number;
}

export type HistoryItem = HistoryCheck | HistoryRow | HistoryList;

export interface HistoryPage {
  items: HistoryItem[];
  /** A page may be short, or empty, without being the last one, because only a limited number of entries is scanned for one page. */
  nextCursor: string | null;
}

/** Text that ends with a star is a prefix, even if it looks like an address. */
const BEGINNING_MARK = '*';

/** True until all steps are done. Somebody who has verified something and skipped a step for this long doesn't need it. */
export function needsFirstSteps({ hasVerified, hasList, hasKey }: FirstSteps, age: { createdAt: Date; now: Date }): boolean {
  if (hasVerified && hasList && hasKey) return false;
  return !hasVerified || age.now.getTime() - age.createdAt.getTime() < FIRST_STEPS_DAYS * DAY_MS;
}

export const isHistorySource = (word: string): word is HistorySource => HISTORY_SOURCES.some((source) => source === word);

/** Parses what somebody typed: `@domain`, an address, or the beginning of one. Null for an empty text. */
export function toAddressSearch(text: string): AddressSearch | null {
  const typed = trimAddress(text);
  const beginning = typed.endsWith(BEGINNING_MARK) ? typed.slice(0, -BEGINNING_MARK.length) : null;
  if (typed === '' || beginning === '') return null;
  if (beginning !== null) return { kind: 'beginning', beginning };
  if (typed.startsWith('@') && typed.length > 1) {
    const name = toDomainName(typed.slice(1));
    const asTyped = typed.slice(1).toLowerCase();
    return { kind: 'domain', ascii: name?.ascii ?? asTyped, unicode: name?.unicode ?? asTyped };
  }
  return parseAddress(typed).ok ? toExactSearch(typed) : { kind: 'beginning', beginning: typed };
}

/** Searches for exactly this address, in any spelling. Text that is not an address is searched for as is. */
export function toExactSearch(text: string): AddressSearch {
  const typed = trimAddress(text);
  const parsed = parseAddress(typed);
  if (!parsed.ok) return { kind: 'exact', spellings: [asciiLower(typed)], canonical: typed };
  const { normalized, canonical } = parsed.address;
  return { kind: 'exact', spellings: [...new Set([normalized, canonical, typed].map(asciiLower))], canonical };
}

/** The text that searches for everything that starts with this one. */
export const asBeginning = (text: string): string => `${trimAddress(text)}${BEGINNING_MARK}`;

const asciiLower = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
