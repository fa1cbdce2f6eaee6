// A list and its rows as pages, streams and the API see them: plain JSON values, dates as ISO 8601 strings.
import type { Evidence } from './evidence';
import type { JsonValue, LayerReport } from './layer';
import type { ListFailure, ListFormat, ListSource, ListState, PauseReason, StartMode } from './list';
import type { PolicyName, Recommendation } from './recommendation';
import type { FinalStatus, Flags, Reason, Status } from './verdict';

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
  /** Answered from the workspace's memory of the last 24 hours, for nothing. */
  knownRecent: number;
  maxCredits: number;
}

export interface ListColumn {
  name: string;
  /** Share of the looked-at cells that hold an address, 0–1. */
  emailShare: number;
  /** The first few cells, cut. */
  samples: string[];
}

export interface ListProgress {
  /** Unique addresses with a final verdict, of `total`. */
  processed: number;
  total: number;
  counts: Record<FinalStatus, number>;
  countsByReason: Partial<Record<Reason, number>>;
  /** Wait for their time; and when the next and the last of them are due. */
  retrying: number;
  retryingNextAt: string | null;
  retryingUntil: string | null;
  /** Final verdicts a second, of late; null while there is nothing to measure. */
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
  state: ListState;
  pauseReason: PauseReason | null;
  failure: ListFailure | null;
  /** One sentence for people on the failure, or on why a list that was to start by itself is still `ready`; null otherwise. */
  failureDetail: string | null;
  policy: PolicyName;
  file: ListFile;
  hasHeader: boolean | null;
  columns: ListColumn[];
  emailColumn: number | null;
  /** Null until the file is read. */
  quote: ListQuote | null;
  startMode: StartMode | null;
  creditCap: number | null;
  progress: ListProgress;
  /** The client's own words; null where it came from a page. */
  metadata: JsonValue;
  retentionDays: number;
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
  recommendation: Recommendation | null;
  flags: Flags;
  didYouMean: string | null;
  provider: string | null;
  mxHost: string | null;
  cached: boolean;
  creditsCharged: number;
  checkedAt: string | null;
}

/** A verdict with the row's own cells beside it. */
export interface ListResultRow extends ListResultView {
  /** In the columns' order; null where they are too long to be shown in a table. */
  cells: string[] | null;
}

export interface ListResultsPage {
  items: ListResultRow[];
  nextCursor: string | null;
  previousCursor: string | null;
  /** How many rows the filter has in all; null for a search, which is not counted. */
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

/** What a list's page tells about its results as a whole. */
export interface ListInsights {
  /** Those with the most addresses. */
  providers: ProviderCount[];
  /** At further providers. */
  otherProviders: { providers: number; rows: number };
  deadDomains: DeadDomain[];
  /** If everything was mailed, and if only those recommended; null where no score says anything. */
  bounce: { all: BounceBand | null; send: BounceBand | null };
}

/** One row with everything: what its drawer shows. */
export interface ListRowView extends ListResultView {
  /** The row's own cells, in the columns' order. */
  cells: string[];
  /** Further rows with the same address. */
  duplicates: number[];
  layers: LayerReport[];
  evidence: Evidence[];
  /** While greylisted: when it is asked again. */
  retryAt: string | null;
}
