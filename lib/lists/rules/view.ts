// A list, its rows and its filters in the form that pages, streams and the API use: plain JSON values, with dates as ISO 8601
// strings. A filter means the same rows wherever it is used: on the page, in its URL, in the API and in an export.
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
  /** Addresses to verify, including those with wrong syntax. */
  unique: number;
  /** Exact and canonical duplicates together. */
  duplicates: number;
  canonicalDuplicates: number;
  syntaxInvalid: number;
  /** Rows without an address, and unreadable rows. */
  rejected: number;
  /** Rows of the file that hold several addresses; each address is a row of the list. */
  severalAddresses: number;
  /** Addresses answered from the workspace's memory of the last 24 hours, at no charge. */
  knownRecent: number;
  maxCredits: number;
}

export interface ListColumn {
  name: string;
  /** The share of sampled cells that hold an address, 0–1. */
  emailShare: number;
}

/** One of the first rows of the file, with its cells shortened. */
export interface ListPreviewRow {
  /** The line where it begins, from 1, as an editor or a spreadsheet numbers lines. */
  line: number;
  cells: string[];
}

export interface ListProgress {
  /** Of the `total` unique addresses, those with a final verdict. */
  processed: number;
  total: number;
  counts: Record<FinalStatus, number>;
  countsByReason: Partial<Record<Reason, number>>;
  /** Catch-all answers by grade. */
  countsByGrade: Record<Grade, number>;
  /** How many rows wait for a retry, and when the next and the last of them are due. */
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
  /** As announced when the upload began. */
  sizeBytes: number;
  receivedBytes: number;
  /** How many bytes of the uploaded file have been read so far. */
  parsedBytes: number;
  /** Rows found so far, whatever they hold. */
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
  /** Why a list failed, or that a ready list still needs its address column. */
  failure: ListFailure | null;
  /**
   * A sentence for people about the failure, or about why a list that was to start automatically is still `ready`; null
   * otherwise.
   */
  failureDetail: string | null;
  policy: PolicyName;
  file: ListFile;
  hasHeader: boolean | null;
  columns: ListColumn[];
  /** Shown before the start; empty afterwards. */
  preview: ListPreviewRow[];
  emailColumn: number | null;
  /** Null until the file is read. */
  quote: ListQuote | null;
  startMode: StartMode | null;
  creditCap: number | null;
  progress: ListProgress;
  /** The client's own metadata; null if the list came from a page. */
  metadata: JsonValue;
  retentionDays: number;
  /** A list that is not started is kept for at most this many days. */
  unstartedDays: number;
  /** Whether its creator is mailed when it ends; null if the list came through the API, because then nobody is mailed. */
  mailOnEnd: boolean | null;
  createdAt: string;
  startedAt: string | null;
  finishedAt: string | null;
  /** When the rows will be or were deleted. */
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
  /** Only catch-all answers have a grade. */
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

/** A row without a verdict yet, which is retried automatically. */
export interface WaitingFor {
  retryAt: string;
  /** What its last answer meant, or that no name server had an answer; null if nobody was asked. */
  meaning: ReplyMeaning | TransportFailure | 'dns_temporary_error' | null;
}

/** A verdict or a waiting row, with the row's own cells. */
export interface ListResultRow extends ListResultView {
  /** Null: the verdict is final. */
  waiting: WaitingFor | null;
  /** In the order of the columns; null if they are too long for a table. */
  cells: string[] | null;
}

export interface ListResultsPage {
  items: ListResultRow[];
  nextCursor: string | null;
  previousCursor: string | null;
  /** How many rows match the filter; null for a search, whose rows are not counted. */
  total: number | null;
}

/** Verdicts of the addresses at one provider. An empty name means that the provider is not known. */
export interface ProviderCount {
  provider: string;
  rows: number;
  counts: Record<FinalStatus, number>;
}

/** A domain that takes no mail, and the number of addresses at it. */
export interface DeadDomain {
  domain: string;
  rows: number;
}

/** The share of addresses that would hard-bounce, 0–1. */
export interface BounceBand {
  addresses: number;
  /** How many of them have no score. */
  unscored: number;
  /** Of the addresses with a score. */
  expected: number;
  low: number;
  high: number;
}

/** What a list's page says about its results as a whole. */
export interface ListInsights {
  /** The providers with the most addresses. */
  providers: ProviderCount[];
  /** All other providers together. */
  otherProviders: { providers: number; rows: number };
  deadDomains: DeadDomain[];
  /** `all`: if every address is mailed; `send`: if only the recommended ones are. Null without scores. */
  bounce: { all: BounceBand | null; send: BounceBand | null };
}

/** One row with everything its drawer shows. */
export interface ListRowView extends ListResultView {
  /** The row's own cells, in the order of the columns. */
  cells: string[];
  /** Other rows with the same address. */
  duplicates: number[];
  layers: LayerReport[];
  evidence: Evidence[];
  /** When it is asked again automatically; null if the verdict is final. */
  retryAt: string | null;
}

/** Which rows to show or export. A field that is left out matches anything; fields that are set must all match. */
export interface ListFilter {
  status?: FinalStatus | undefined;
  reason?: Reason | undefined;
  /** Only catch-all answers have a grade. */
  grade?: Grade | undefined;
  /** A provider's id, or `NO_PROVIDER`. */
  provider?: string | undefined;
  /** The beginning of an address, or `@` and a whole domain. */
  q?: string | undefined;
}

/** `pending`: rows that wait for a retry. They have nothing else to filter by. */
export interface ResultsFilter extends Omit<ListFilter, 'status'> {
  status?: FinalStatus | 'pending' | undefined;
}

/** Rows whose mail host belongs to no known provider; stored as an empty string. */
export const NO_PROVIDER = 'none';

export const storedProvider = (provider: string): string => (provider === NO_PROVIDER ? '' : provider);

export type RowSearch = { kind: 'domain'; domain: string } | { kind: 'beginning'; beginning: string };

/** Domains are stored as A-labels, so the search converts to one. Text that is not a domain finds nothing. */
export function toRowSearch(q: string): RowSearch {
  if (!q.startsWith('@')) return { kind: 'beginning', beginning: q };
  const domain = q.slice(1);
  return { kind: 'domain', domain: toDomainName(domain)?.ascii ?? domain.toLowerCase() };
}

/** The reasons that rows may have; null means any. A reason that does not belong to the status leaves none. */
export function reasonsOfFilter({ status, reason }: ListFilter): readonly Reason[] | null {
  if (status === undefined) return reason === undefined ? null : [reason];
  const ofStatus: readonly Reason[] = REASONS_BY_STATUS[status];
  return reason === undefined ? ofStatus : ofStatus.filter((word) => word === reason);
}

/** The codes of the reasons that rows may have, by filter and by segment; null means any. */
export function codesOfFilter(filter: ListFilter, segment: Segment, policy: PolicyName): number[] | null {
  const ofFilter = reasonsOfFilter(filter);
  const ofSegment = reasonsOfSegment(segment, policy);
  const both = ofFilter === null ? ofSegment : ofFilter.filter((reason) => ofSegment?.includes(reason) ?? true);
  if (filter.grade === undefined) return both?.flatMap((reason) => codesOfReason(reason)) ?? null;
  return both?.includes('catch_all') === false ? [] : [codeOfGrade(filter.grade)];
}

/** The reasons for which a policy gives this recommendation; null means any. */
export function reasonsOfSegment(segment: Segment, policy: PolicyName): readonly Reason[] | null {
  return segment === 'all' ? null : REASONS.filter((reason) => recommend(reason, policy) === segment);
}

export const isEmptyFilter = (filter: ListFilter | ResultsFilter): boolean =>
  Object.values(filter).every((value) => value === undefined);
