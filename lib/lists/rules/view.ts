// A list, its rows and its filters as pages, streams and the API see them: plain JSON values, dates as ISO 8601 strings.
// Promises that a filter means the same rows wherever it is used: on the page, in its address, in the API and in an export.
import { toDomainName } from '@/lib/verdict/address';
import type { Evidence, JsonValue, LayerReport, ReplyMeaning, TransportFailure } from '@/lib/verdict/evidence';
import type { Grade, GradeWeight } from '@/lib/verdict/grade';
import {
  codeOfGrade,
  codesOfReason,
  type FinalStatus,
  type Flags,
  type PolicyName,
  type Reason,
  REASONS,
  REASONS_BY_STATUS,
  recommend,
  type Recommendation,
  type Status,
} from '@/lib/verdict/verdict';
import {
  type ListFailure,
  type ListFormat,
  type ListSource,
  type ListStatus,
  type PauseReason,
  type Segment,
  type StartMode,
} from './list';

/** What a file holds and the most it can cost. */
export interface ListQuote {
  rows: number;
  /** Addresses to verify, those with wrong syntax included. */
  unique: number;
  /** Exact and canonical ones together. */
  duplicates: number;
  canonicalDuplicates: number;
  syntaxInvalid: number;
  /** Rows without an address, or unreadable. */
  rejected: number;
  /** Rows of the file that hold several addresses; each of these is a row of the list. */
  severalAddresses: number;
  /** Answered from the workspace's memory of the last 24 hours, at no charge. */
  knownRecent: number;
  maxCredits: number;
}

export interface ListColumn {
  name: string;
  /** Share of the sampled cells that hold an address, 0–1. */
  emailShare: number;
}

/** One of the first rows of the file, its cells shortened. */
export interface ListPreviewRow {
  /** The line it begins on, from 1, as an editor or a spreadsheet numbers it. */
  line: number;
  cells: string[];
}

export interface ListProgress {
  /** Unique addresses with a final verdict, of `total`. */
  processed: number;
  total: number;
  counts: Record<FinalStatus, number>;
  countsByReason: Partial<Record<Reason, number>>;
  /** Of the catch-all answers. */
  countsByGrade: Record<Grade, number>;
  /** Rows that wait for a retry; and when the next and the last of them are due. */
  retrying: number;
  retryingNextAt: string | null;
  retryingUntil: string | null;
  /** Recent final verdicts per second; null while there is nothing to measure. */
  rateASecond: number | null;
  etaS: number | null;
  credits: { held: number; captured: number; released: number };
}

export interface ListFile {
  name: string | null;
  format: ListFormat | null;
  /** As announced at the beginning of its upload. */
  sizeBytes: number;
  receivedBytes: number;
  /** Of the file as uploaded, read so far. */
  parsedBytes: number;
  /** Rows found so far, whatever is in them. */
  rowsRead: number;
  encoding: string | null;
}

export interface ListView {
  id: string;
  /** Grows with every change of the list. */
  version: number;
  name: string;
  source: ListSource;
  test: boolean;
  status: ListStatus;
  pauseReason: PauseReason | null;
  /** Why a list failed, or is ready except for its column. */
  failure: ListFailure | null;
  /** One sentence for people on the failure, or on why a list that was to start by itself is still `ready`; null otherwise. */
  failureDetail: string | null;
  policy: PolicyName;
  file: ListFile;
  hasHeader: boolean | null;
  columns: ListColumn[];
  /** Before the start; empty afterwards. */
  preview: ListPreviewRow[];
  emailColumn: number | null;
  /** Null until the file is read. */
  quote: ListQuote | null;
  startMode: StartMode | null;
  creditCap: number | null;
  progress: ListProgress;
  /** The client's own words; null where it came from a page. */
  metadata: JsonValue;
  retentionDays: number;
  /** A list that is never started is kept no longer than this. */
  unstartedDays: number;
  /** Whether its maker is mailed when it ends; null where nobody is, because it came through the API. */
  mailOnEnd: boolean | null;
  createdAt: string;
  startedAt: string | null;
  finishedAt: string | null;
  /** When the rows will be deleted, or were. */
  expiresAt: string | null;
}

/** A row of the results table. */
export interface ListResultView {
  /** Number of the row in the file, from 1 (a header is not counted). */
  row: number;
  email: string;
  status: Status;
  reason: Reason | null;
  score: number | null;
  /** Of a catch-all answer alone. */
  grade: Grade | null;
  gradeBasis: readonly GradeWeight[];
  recommendation: Recommendation | null;
  flags: Flags;
  didYouMean: string | null;
  provider: string | null;
  mxHost: string | null;
  cached: boolean;
  creditsCharged: number;
  checkedAt: string | null;
}

/** A row without a verdict yet that is retried by itself. */
export interface WaitingFor {
  /** When. */
  retryAt: string;
  /** What its last answer meant, or that no name server had one; null where nobody was asked. */
  meaning: ReplyMeaning | TransportFailure | 'dns_temporary_error' | null;
}

/** A verdict, or what it waits for, with the row's own cells. */
export interface ListResultRow extends ListResultView {
  /** Null: the verdict is final. */
  waiting: WaitingFor | null;
  /** In the columns' order; null where they are too long to be shown in a table. */
  cells: string[] | null;
}

export interface ListResultsPage {
  items: ListResultRow[];
  nextCursor: string | null;
  previousCursor: string | null;
  /** How many rows match the filter; null for a search, which is not counted. */
  total: number | null;
}

/** Verdicts of the addresses at one provider; an empty name: none is known. */
export interface ProviderCount {
  provider: string;
  rows: number;
  counts: Record<FinalStatus, number>;
}

/** A domain that takes no mail, with the number of addresses there. */
export interface DeadDomain {
  domain: string;
  rows: number;
}

/** Shares, 0–1, of the addresses that would hard-bounce. */
export interface BounceBand {
  addresses: number;
  /** Of them, those without a score. */
  unscored: number;
  /** Of those with a score. */
  expected: number;
  low: number;
  high: number;
}

/** What a list's page says about its results as a whole. */
export interface ListInsights {
  /** Those with the most addresses. */
  providers: ProviderCount[];
  /** At further providers. */
  otherProviders: { providers: number; rows: number };
  deadDomains: DeadDomain[];
  /** If everything is mailed, and if only recommended addresses are; null without scores. */
  bounce: { all: BounceBand | null; send: BounceBand | null };
}

/** One row with everything its drawer shows. */
export interface ListRowView extends ListResultView {
  /** The row's own cells, in the columns' order. */
  cells: string[];
  /** Further rows with the same address. */
  duplicates: number[];
  layers: LayerReport[];
  evidence: Evidence[];
  /** When it is asked again by itself; null where the verdict is final. */
  retryAt: string | null;
}

/** Which rows to show or export. A field that is left out matches anything; several together must all match. */
export interface ListFilter {
  status?: FinalStatus | undefined;
  reason?: Reason | undefined;
  /** Of catch-all answers; all others have none. */
  grade?: Grade | undefined;
  /** A provider's id, or `NO_PROVIDER`. */
  provider?: string | undefined;
  /** The beginning of an address, or `@` and a whole domain. */
  q?: string | undefined;
}

/** `pending`: rows that wait for a retry, which have nothing else to be filtered by. */
export interface ResultsFilter extends Omit<ListFilter, 'status'> {
  status?: FinalStatus | 'pending' | undefined;
}

/** Rows whose mail host belongs to nobody we know; stored as an empty string. */
export const NO_PROVIDER = 'none';

export const storedProvider = (provider: string): string => (provider === NO_PROVIDER ? '' : provider);

export type RowSearch = { kind: 'domain'; domain: string } | { kind: 'beginning'; beginning: string };

/** Domains are stored as A-labels; text that is no domain finds nothing. */
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

/** The numbers of the reasons that rows may have, by filter and by segment; null: any. */
export function codesOfFilter(filter: ListFilter, segment: Segment, policy: PolicyName): number[] | null {
  const ofFilter = reasonsOfFilter(filter);
  const ofSegment = reasonsOfSegment(segment, policy);
  const both = ofFilter === null ? ofSegment : ofFilter.filter((reason) => ofSegment?.includes(reason) ?? true);
  if (filter.grade === undefined) return both?.flatMap((reason) => codesOfReason(reason)) ?? null;
  return both?.includes('catch_all') === false ? [] : [codeOfGrade(filter.grade)];
}

/** The reasons for which a policy recommends this; null: any. */
export function reasonsOfSegment(segment: Segment, policy: PolicyName): readonly Reason[] | null {
  return segment === 'all' ? null : REASONS.filter((reason) => recommend(reason, policy) === segment);
}

export const isEmptyFilter = (filter: ListFilter | ResultsFilter): boolean =>
  Object.values(filter).every((value) => value === undefined);
