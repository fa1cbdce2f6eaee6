// A stored list as people and programs see it. Promises plain JSON values and words of the closed vocabularies only, and a rate and a
// remaining time that are measured of late or null, never guessed.
import { z } from 'zod';
import type { ListFields, ListRecord } from '@/lib/data/lists';
import { parseMetadata } from '@/lib/data/verification-json';
import {
  isListState,
  LIST_FAILURES,
  LIST_FORMATS,
  LIST_SOURCES,
  PAUSE_REASONS,
  START_MODES,
  type ListState,
} from '@/lib/domain/list';
import type { ListColumn, ListProgress, ListQuote, ListView } from '@/lib/domain/list-view';
import { reasonOfCode } from '@/lib/domain/reason-codes';
import { DEFAULT_POLICY, isPolicyName } from '@/lib/domain/recommendation';
import { statusOf, type FinalStatus, type Reason } from '@/lib/domain/verdict';

/** A window without news for so long is what the rate of late is, however fast it was before. */
const RATE_WINDOW_S = 5;
const MS = 1_000;

const columnsSchema = z.array(z.object({ name: z.string(), emailShare: z.number(), samples: z.array(z.string()) }));

const wordOf = <W extends string>(words: readonly W[], text: string | null): W | null =>
  words.find((word) => word === text) ?? null;

export function listToView(record: ListRecord, now = Date.now()): ListView {
  const { list } = record;
  const state = stateOf(list);
  return {
    id: list.id,
    version: list.version,
    name: list.name,
    source: wordOf(LIST_SOURCES, list.source) ?? 'upload',
    test: list.test,
    state,
    pauseReason: state === 'paused' ? (wordOf(PAUSE_REASONS, list.pauseReason) ?? 'by_customer') : null,
    failure: state === 'failed' ? (wordOf(LIST_FAILURES, list.failure) ?? 'internal_error') : null,
    failureDetail: state === 'failed' || state === 'ready' ? list.failureDetail : null,
    policy: isPolicyName(list.policy) ? list.policy : DEFAULT_POLICY,
    file: {
      name: list.fileName,
      format: wordOf(LIST_FORMATS, list.format),
      sizeBytes: Number(list.sizeBytes),
      receivedBytes: Number(list.receivedBytes),
      parsedBytes: Number(list.parsedBytes),
      rowsRead: list.rows,
      encoding: list.encoding,
    },
    hasHeader: list.hasHeader,
    columns: columnsOf(list),
    emailColumn: list.emailColumn,
    quote: quoteOf(list, state),
    startMode: wordOf(START_MODES, list.startMode),
    creditCap: list.creditCap,
    progress: progressOf(record, state, now),
    metadata: parseMetadata(list.metadata),
    retentionDays: list.retentionDays,
    mailOnEnd: list.createdById === null ? null : list.mailOnEnd,
    createdAt: list.createdAt.toISOString(),
    startedAt: list.startedAt?.toISOString() ?? null,
    finishedAt: list.finishedAt?.toISOString() ?? null,
    expiresAt: (list.rowsDeletedAt ?? list.expiresAt)?.toISOString() ?? null,
  };
}

const stateOf = ({ state }: ListFields): ListState => (isListState(state) ? state : 'failed');

const columnsOf = (list: ListFields): ListColumn[] => columnsSchema.safeParse(list.columns).data ?? [];

/** Numbers of a file that is still read, or was never, are no quote. */
function quoteOf(list: ListFields, state: ListState): ListQuote | null {
  if (state === 'uploading' || state === 'parsing' || list.rows === 0) return null;
  return {
    rows: list.rows,
    unique: list.unique,
    duplicates: list.exactDuplicates + list.canonicalDuplicates,
    canonicalDuplicates: list.canonicalDuplicates,
    syntaxInvalid: list.syntaxInvalid,
    rejected: list.rejected,
    knownRecent: list.knownRecent,
    maxCredits: list.maxCredits,
  };
}

function progressOf({ list, tallies, retrying, held }: ListRecord, state: ListState, now: number): ListProgress {
  const counts: Record<FinalStatus, number> = { deliverable: 0, risky: 0, unknown: 0, undeliverable: 0 };
  const countsByReason: Partial<Record<Reason, number>> = {};
  for (const { reason: code, rows } of tallies) {
    const reason = reasonOfCode(code);
    counts[statusOf(reason)] += rows;
    countsByReason[reason] = rows;
  }
  const rate = state === 'running' ? rateOf(list, now) : null;
  const isAtWork = state === 'running' || state === 'queued';
  return {
    processed: list.processed,
    total: list.unique,
    counts,
    countsByReason,
    retrying: retrying.count,
    retryingNextAt: retrying.nextAt?.toISOString() ?? null,
    retryingUntil: retrying.lastAt?.toISOString() ?? null,
    rateASecond: rate,
    etaS: isAtWork ? etaOf({ list, retrying, rate, now }) : null,
    credits: { held, captured: list.captured, released: list.released },
  };
}

/** The last full window's, unless the present one has been silent for longer than a window may be. */
function rateOf(list: ListFields, now: number): number | null {
  if (list.rateFromAt === null) return null;
  const elapsedS = (now - list.rateFromAt.getTime()) / MS;
  if (elapsedS >= 2 * RATE_WINDOW_S || (list.rateASecond === null && elapsedS >= 1)) {
    return roundRate((list.processed - list.rateFromProcessed) / elapsedS);
  }
  return list.rateASecond === null ? null : roundRate(list.rateASecond);
}

const roundRate = (rate: number): number => Math.max(0, Math.round(rate * 10) / 10);

interface EtaInput {
  list: ListFields;
  retrying: ListRecord['retrying'];
  rate: number | null;
  now: number;
}

/** What is open at the rate of late, and not before the last of those that wait for their time. */
function etaOf({ list, retrying, rate, now }: EtaInput): number | null {
  const open = Math.max(0, list.unique - list.processed - retrying.count);
  const waitS = retrying.lastAt === null ? 0 : Math.max(0, Math.ceil((retrying.lastAt.getTime() - now) / MS));
  if (open === 0) return waitS;
  if (rate === null || rate === 0) return null;
  return Math.max(waitS, Math.ceil(open / rate));
}
