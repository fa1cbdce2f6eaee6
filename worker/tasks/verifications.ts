// Verifies one address whose row exists: loads it, asks the engine, then makes the row final or postpones it. Guarantees: a second run
// charges and changes nothing; a test key never reaches a mail host; the workspace's share of the domain is kept, and waiting for it is not
// a verdict.
import { findBlocking } from '@/lib/blocklist/blocklist';
import { blockedAnswer } from '@/lib/blocklist/rules';
import { describeError } from '@/lib/platform/errors';
import { INTERACTIVE_BUDGET_MS } from '@/lib/platform/limits';
import type { Log } from '@/lib/platform/log';
import { parseAddress } from '@/lib/verdict/address';
import { type EngineAnswer, heldBackAnswer } from '@/lib/verdict/answer';
import type { DomainFacts } from '@/lib/verdict/stored';
import type { LayerReport } from '@/lib/verdict/evidence';
import { testAnswer } from '@/lib/verdict/test-answer';
import { completeVerification, giveUpVerification, postponeVerification, requeueLost } from '@/lib/verifications/complete';
import { keepDomainFacts } from '@/lib/verifications/domains';
import { purgeExpiredRows, purgeVisitorChecks } from '@/lib/verifications/store/maintenance';
import { findDueWork, type VerificationWork, writeProgress } from '@/lib/verifications/store/work';
import { requeueLostDeliveries } from '@/lib/webhooks/deliveries';
import type { Subject } from '../engine/findings';
import { type IsAtProvider, nextHour } from '../lists/run/deps';
import { takeProbe } from '../stores/domain-probes';
import type { TaskDefinition } from '../task';

export type Verify = (subject: Subject, onLayer: (layer: LayerReport) => void) => Promise<EngineAnswer>;

export interface VerifyAddressDeps {
  verify: Verify;
  /** Omitted: no domain is at a known provider. */
  isAtProvider?: IsAtProvider | undefined;
  now(): number;
  /** 0 ≤ n < 1 */
  random(): number;
  log: Log;
}

const PROGRESS_EVERY_MS = 50;

export function createVerifyAddress(deps: VerifyAddressDeps): TaskDefinition<'verify-address'> {
  return {
    name: 'verify-address',
    run: async ({ verificationId }) => {
      const work = await findDueWork(verificationId);
      if (work === null) return;
      const entry = await findNewBlocking(work);
      if (entry === null) await settle(work, await findAnswer(work, deps), deps);
      else await completeVerification(work.scope, { ...work, answer: blockedAnswer(work.email, entry), earlierEvidence: [] });
    },
    giveUp: async ({ verificationId }) => {
      await giveUpVerification(verificationId, deps.now());
    },
  };
}

/** An entry of the blocklist that was added while the check waited. A new check is only begun if there is none. */
const findNewBlocking = async ({ scope, email, attempt, waits, isCharged }: VerificationWork): Promise<string | null> =>
  isCharged && attempt + waits > 0 ? findBlocking(scope, email) : null;

export type DescribeDomain = (domain: string) => Promise<DomainFacts>;

const NOTHING_FOUND: DomainFacts = {
  exists: null,
  acceptsMail: null,
  hosts: [],
  isImplicit: false,
  provider: null,
  gateway: false,
  disposable: false,
  relay: false,
  free: false,
  didYouMean: null,
};

/** Looks up what DNS and the lists say about a domain, for a caller that waits for it. */
export const createLookUpDomain = (
  describe: DescribeDomain = () => Promise.resolve(NOTHING_FOUND),
): TaskDefinition<'look-up-domain'> => ({
  name: 'look-up-domain',
  run: async ({ domain }) => keepDomainFacts(domain, await describe(domain)),
});

async function settle(work: VerificationWork, answer: EngineAnswer, deps: VerifyAddressDeps): Promise<void> {
  const { id, attempt, waits, evidence: earlierEvidence, triplet, isCharged } = work;
  const { askAgain } = answer;
  if (askAgain !== null) {
    const when = { now: deps.now(), random: deps.random() };
    const earlier = { evidence: earlierEvidence, triplet };
    const postponement = { id, attempt, waits, answer: { ...answer, askAgain }, earlier, ...when };
    if ((await postponeVerification(work.scope, postponement)) === 'postponed') return;
  }
  await completeVerification(work.scope, { id, answer, earlierEvidence, isCharged });
}

async function findAnswer(work: VerificationWork, deps: VerifyAddressDeps): Promise<EngineAnswer> {
  if (work.test) return testAnswer(work.email, deps.now());
  const parsed = parseAddress(work.email);
  // An address that does not parse is never asked about, so it uses no domain's share.
  if (parsed.ok && !(await hasRoom(work, parsed.address.domain, deps))) {
    const now = deps.now();
    return heldBackAnswer(work.email, { now, afterS: Math.ceil((nextHour(now, 0).getTime() - now) / 1_000) });
  }
  const deadline = deps.now() + INTERACTIVE_BUDGET_MS;
  const subject = { email: work.email, deadline, triplet: work.triplet, isSingle: true };
  if (!work.isWatched) return deps.verify(subject, () => undefined);
  const progress = createLayerProgress({
    write: (layers) => writeProgress(work.scope, work.id, layers),
    everyMs: PROGRESS_EVERY_MS,
    onError: (error) => deps.log.warn({ verification: work.id, error: describeError(error) }, 'progress could not be written'),
  });
  try {
    return await deps.verify(subject, (layer) => progress.add(layer));
  } finally {
    await progress.stop();
  }
}

/** Whether the workspace has a probe left for the domain this hour, or the domain is at a known provider, whose pace bounds us instead. */
async function hasRoom({ scope }: VerificationWork, domain: string, { isAtProvider }: VerifyAddressDeps): Promise<boolean> {
  return (await takeProbe(scope, domain)) || (await isAtProvider?.(domain)) === true;
}

export const createRequeueLost = (log: Log): TaskDefinition<'requeue-lost'> => ({
  name: 'requeue-lost',
  run: async () => {
    log.info(await requeueLost(Date.now()), 'lost checks taken up');
    log.info({ requeued: await requeueLostDeliveries() }, 'lost deliveries taken up');
  },
});

export const createPurgeVisitors = (log: Log): TaskDefinition<'purge-visitors'> => ({
  name: 'purge-visitors',
  run: async () => log.info({ rows: await purgeVisitorChecks() }, 'checks of visitors purged'),
});

export const createPurgeExpired = (log: Log): TaskDefinition<'purge-expired'> => ({
  name: 'purge-expired',
  run: async () => log.info({ rows: await purgeExpiredRows() }, 'expired rows purged'),
});

// Writes the layers of a running check for clients that watch it, at intervals and without delaying the check. Guarantees: a check that
// ends before the first write causes no write, and a failed write never fails a check.

export interface LayerProgress {
  add(layer: LayerReport): void;
  /** No write starts after this call, and none is in progress when it resolves. */
  stop(): Promise<void>;
}

export interface LayerProgressOptions {
  write: (layers: readonly LayerReport[]) => Promise<void>;
  everyMs: number;
  onError: (error: unknown) => void;
}

export function createLayerProgress({ write, everyMs, onError }: LayerProgressOptions): LayerProgress {
  const layers: LayerReport[] = [];
  let timer: NodeJS.Timeout | undefined;
  let written = 0;
  let writing = Promise.resolve();
  let isStopped = false;

  const flush = async (): Promise<void> => {
    written = layers.length;
    await write([...layers]).catch(onError);
    timer = undefined;
    if (layers.length > written && !isStopped) schedule();
  };
  const schedule = (): void => {
    timer ??= setTimeout(() => {
      writing = flush();
    }, everyMs);
  };

  return {
    add(layer) {
      if (isStopped) return;
      layers.push(layer);
      schedule();
    },
    stop() {
      isStopped = true;
      clearTimeout(timer);
      return writing;
    },
  };
}
