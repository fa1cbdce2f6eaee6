// Verifications for tests and the gallery of components: a pending one, changed as needed.
import { NO_FLAGS_KNOWN } from '@/lib/verdict/answer';
import { LAYER_NAMES, type LayerReport } from '@/lib/verdict/evidence';
import type { VerificationView } from '@/lib/verdict/verification';

/** Reports of the first `count` layers. */
export const fakeLayers = (count: number): LayerReport[] =>
  LAYER_NAMES.slice(0, count).map((name) => ({
    name,
    status: 'passed',
    summary: `${name} is fine.`,
    duration_ms: 3,
    details: {},
  }));

export const fakeVerification = (changes: Partial<VerificationView> = {}): VerificationView => ({
  id: 'ver_1',
  source: 'app',
  input: 'alice@example.test',
  email: 'alice@example.test',
  status: 'pending',
  reason: null,
  score: null,
  grade: null,
  gradeBasis: [],
  recommendation: null,
  flags: NO_FLAGS_KNOWN,
  didYouMean: null,
  normalized: null,
  canonical: null,
  mx: { host: null, provider: null, gateway: false },
  layers: [],
  evidence: [],
  policy: 'newsletter',
  metadata: null,
  test: false,
  cached: false,
  creditsCharged: 0,
  durationMs: null,
  attempt: 0,
  retryAt: null,
  createdAt: '2026-11-23T12:00:00.000Z',
  checkedAt: null,
  ...changes,
});
