// Engine answers and workspaces for database tests.
import { createWorkspace } from '@/lib/accounts/store/workspaces';
import { grantCredits } from '@/lib/credits/grants';
import { inTransaction } from '@/lib/platform/db/transaction';
import type { Scope } from '@/lib/platform/scope';
import { type AskAgain, type EngineAnswer, NO_FLAGS_KNOWN } from '@/lib/verdict/answer';
import { type Evidence, LAYER_NAMES, type LayerReport } from '@/lib/verdict/evidence';
import type { RetriedReason } from '@/lib/verdict/retry-schedule';
import { type Reason, statusOf } from '@/lib/verdict/verdict';

/** Creates a workspace with the given credits. */
export async function makeWorkspace(credits = 0, plan = 'free'): Promise<Scope> {
  return inTransaction(async (tx) => {
    const scope = await createWorkspace({ name: 'Test', plan }, tx);
    const grant = { kind: 'test', amount: credits, sourceKey: `test:${scope.workspaceId}`, expiresAt: null };
    if (credits > 0) await grantCredits(scope, grant, tx);
    return scope;
  });
}

export const fakeEvidence = (more: Partial<Evidence> = {}): Evidence => ({
  at: '2026-11-23T10:00:00.000Z',
  layer: 'smtp',
  host: 'mx.example.com',
  address: '192.0.2.1',
  provider: null,
  identity: 'probe.example.net',
  stage: 'rcpt',
  code: 250,
  enhanced: '2.1.5',
  text: 'Ok',
  meaning: 'accepted',
  rule: null,
  duration_ms: 12,
  remembered: false,
  ...more,
});

export const fakeLayers = (): LayerReport[] =>
  LAYER_NAMES.map((name) => ({ name, status: 'passed', summary: `${name} passed.`, duration_ms: 1, details: { seen: true } }));

export function fakeAnswer(email: string, reason: Reason, more: Partial<EngineAnswer> = {}): EngineAnswer {
  return {
    email,
    verdict: { status: statusOf(reason), reason, score: 90, flags: { ...NO_FLAGS_KNOWN, catch_all: false } },
    didYouMean: null,
    normalized: email,
    canonical: email.toLowerCase(),
    mx: { host: 'mx.example.com', provider: 'example', gateway: false },
    layers: fakeLayers(),
    evidence: [fakeEvidence()],
    durationMs: 20,
    askAgain: null,
    ...more,
  };
}

export function greylisted(
  email: string,
  afterS: number | null,
): EngineAnswer & { askAgain: Extract<AskAgain, { reason: 'greylisted' }> } {
  const triplet = { identityHelo: 'probe.example.net', identityAddress: null, mailFrom: '', host: 'mx.example.com' };
  const evidence = [fakeEvidence({ code: 451, enhanced: '4.7.1', text: 'Greylisted, try again later', meaning: 'greylisted' })];
  return { ...fakeAnswer(email, 'greylisted', { evidence }), askAgain: { reason: 'greylisted', afterS, triplet } };
}

/** An answer worth asking again later; the host named no delay. */
export function undecided(email: string, reason: RetriedReason): EngineAnswer & { askAgain: AskAgain } {
  const answer = fakeAnswer(email, reason, { evidence: [fakeEvidence({ code: null, text: reason, meaning: null })] });
  if (reason === 'greylisted') return { ...answer, askAgain: greylisted(email, null).askAgain };
  const again = { afterS: null, triplet: null };
  return { ...answer, askAgain: reason === 'timeout' ? { ...again, reason, isHeldBack: false } : { ...again, reason } };
}
