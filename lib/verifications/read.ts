// One verification of a workspace as people and programs see it: read, waited for, or watched. A visitor's check can be read only with
// that visitor's key, and another workspace's check reads as missing. Returns only plain JSON values and words of the closed vocabulary: a
// word that no longer exists reads as `unknown` / `internal_error`, never as a wrong verdict.
import { AppError, fail, ok, type Result } from '@/lib/platform/errors';
import { awaitState, type Patience, followState, type Watcher } from '@/lib/platform/queue/follow-state';
import type { Scope } from '@/lib/platform/scope';
import { asRemembered } from '@/lib/verdict/evidence';
import { explainGrade } from '@/lib/verdict/grade';
import { parseEvidence, parseFlags, parseLayers, parseMetadata, storedGrade } from '@/lib/verdict/stored';
import { isReason, isStatus, policyOf, type Reason, recommend, type Status } from '@/lib/verdict/verdict';
import type { VerificationSource, VerificationSummary, VerificationView } from '@/lib/verdict/verification';
import { ADDRESS_INPUT_MAX_CHARS } from '@/lib/platform/limits';
import { toStorableText } from '@/lib/platform/db/rows';
import { trimAddress } from '@/lib/verdict/address';
import {
  findAnswered,
  findToldPending,
  findVerification,
  listSummaryRows,
  type SummaryRow,
  type ViewRow,
} from './store/verifications';
import { markToldPending, VERIFICATION_CHANNEL } from './store/work';

export async function getVerification(
  scope: Scope,
  id: string,
  { visitorKey = null }: { visitorKey?: string | null | undefined } = {},
): Promise<Result<VerificationView>> {
  const row = await findVerification(scope, id, visitorKey);
  return row ? ok(toView(row)) : fail('not_found');
}

export interface AskedBefore {
  /** The address as received. */
  email: string;
  apiKeyId: string;
  test: boolean;
  /** Epoch milliseconds. */
  since: number;
}

/** The newest check of an address by a key whose answer was not ready in time. It is pending, or final by now. */
export async function findAskedBefore(scope: Scope, asked: AskedBefore): Promise<VerificationView | null> {
  const row = await findToldPending(scope, { ...asked, email: toKeptAddress(asked.email) });
  return row && toView(row);
}

export interface OwnedVerification {
  summary: VerificationSummary;
  /** Null if no key asked. */
  apiKeyId: string | null;
}

/** The verifications of the workspace among these ids, by id. */
export async function getSummaries(scope: Scope, ids: readonly string[]): Promise<ReadonlyMap<string, OwnedVerification>> {
  const rows = ids.length === 0 ? [] : await listSummaryRows(scope, ids);
  return new Map(rows.map((row) => [row.id, { summary: toSummary(row), apiKeyId: row.apiKeyId }]));
}

export interface Answered {
  view: VerificationView;
  /** What the workspace can spend at that time; null if it was not read. */
  available: number | null;
}

/**
 * Waits until the verification is final or the time is over. Returns the state at the end of the wait, which may still be pending. A check
 * that is postponed beyond the wait returns at once. `begin` starts the check if it does not exist yet. Throws `not_found`.
 */
export async function awaitAnswer(
  scope: Scope,
  id: string,
  patience: number | Patience,
  begin?: () => Promise<VerificationView>,
): Promise<Answered> {
  const { timeoutMs, signal } = typeof patience === 'number' ? { timeoutMs: patience, signal: undefined } : patience;
  const deadline = Date.now() + timeoutMs;
  const read = () => getAnswered(scope, id);
  const isDone = ({ view }: Answered) => view.status !== 'pending' || isPutOffBeyond(deadline, view);
  const first = begin && (async () => ({ view: await begin(), available: null }));
  return awaitState<Answered>({ channel: VERIFICATION_CHANNEL, id, read, isDone, begin: first }, { timeoutMs, signal });
}

/** Returns only the verification. */
export const awaitVerification = async (scope: Scope, id: string, patience: number | Patience): Promise<VerificationView> =>
  (await awaitAnswer(scope, id, patience)).view;

async function getAnswered(scope: Scope, id: string): Promise<Answered> {
  const row = await findAnswered(scope, id);
  if (row === null) throw new AppError('not_found');
  return { view: toView(row), available: row.available };
}

/** Postponed until after the wait, so nothing more will happen during it. */
const isPutOffBeyond = (deadline: number, { retryAt }: VerificationView): boolean =>
  retryAt !== null && Date.parse(retryAt) > deadline;

export interface VerificationWatcher extends Watcher<VerificationView> {
  visitorKey?: string | null | undefined;
}

/** For a live page: passes on the current state, then each change, until it is final. */
export function watchVerification(scope: Scope, id: string, watcher: VerificationWatcher): Promise<Result<() => void>> {
  const read = (): Promise<Result<VerificationView>> => getVerification(scope, id, watcher);
  return followState({ channel: VERIFICATION_CHANNEL, id, read, isLast: ({ status }) => status !== 'pending' }, watcher);
}

/**
 * To be called when the client is about to be told 202: from here on `verification.updated` follows. Returns the state to answer with. If
 * the check became final at that very moment, no event follows and the answer itself carries the result.
 */
export async function promiseUpdate(scope: Scope, view: VerificationView): Promise<VerificationView> {
  if (view.status !== 'pending' || (await markToldPending(scope, view.id))) return view;
  const now = await getVerification(scope, view.id);
  if (!now.ok) throw now.error;
  return now.value;
}

const SOURCES: readonly VerificationSource[] = ['app', 'api', 'landing'];

export function toView(row: ViewRow): VerificationView {
  const told = { layers: parseLayers(row.layers), evidence: parseEvidence(row.evidence) };
  const { cached, checkedAt } = row;
  return { ...toSummary(row), ...(cached && checkedAt !== null ? asRemembered(told, checkedAt.toISOString()) : told) };
}

export function toSummary(row: SummaryRow): VerificationSummary {
  const policy = policyOf(row.policy);
  const { status, reason } = readVerdict(row);
  return {
    id: row.id,
    source: SOURCES.find((source) => source === row.source) ?? 'app',
    input: row.input ?? row.email,
    email: row.email,
    status,
    reason,
    score: row.score,
    grade: storedGrade({ reason, grade: row.grade }),
    gradeBasis: explainGrade(row.gradeBasis),
    recommendation: status === 'pending' ? null : recommend(reason, policy),
    flags: parseFlags(row.flags),
    didYouMean: row.didYouMean,
    normalized: row.normalized,
    canonical: row.canonical,
    mx: { host: row.mxHost, provider: row.mxProvider, gateway: row.mxGateway },
    policy,
    metadata: parseMetadata(row.metadata),
    test: row.test,
    cached: row.cached,
    creditsCharged: row.creditsCharged,
    durationMs: row.durationMs,
    attempt: row.attempt,
    retryAt: row.retryAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
    checkedAt: row.checkedAt?.toISOString() ?? null,
  };
}

function readVerdict(row: SummaryRow): { status: Status; reason: Reason | null } {
  const isKnownReason = row.reason === null || isReason(row.reason);
  if (!isStatus(row.status) || !isKnownReason) return { status: 'unknown', reason: 'internal_error' };
  return { status: row.status, reason: row.reason !== null && isReason(row.reason) ? row.reason : null };
}

/**
 * An address as a row stores it: trimmed, cut to its limit, and without characters that PostgreSQL can't store. Such a character becomes
 * another control character, so that the address stays as invalid as it was. Lookups by address use the same form.
 */
export const toKeptAddress = (email: string): string =>
  toStorableText(trimAddress(email).slice(0, ADDRESS_INPUT_MAX_CHARS), '\u0001');
