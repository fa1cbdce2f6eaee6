// Which columns a page, a stream and the API read of a verification, and the rows they come as.
import type { Prisma } from './_prisma/client';

export const SUMMARY_FIELDS = {
  id: true,
  source: true,
  email: true,
  normalized: true,
  canonical: true,
  status: true,
  reason: true,
  score: true,
  flags: true,
  didYouMean: true,
  mxHost: true,
  mxProvider: true,
  mxGateway: true,
  policy: true,
  metadata: true,
  test: true,
  cached: true,
  creditsCharged: true,
  durationMs: true,
  attempt: true,
  retryAt: true,
  createdAt: true,
  checkedAt: true,
} as const satisfies Prisma.VerificationSelect;

export const VIEW_FIELDS = { ...SUMMARY_FIELDS, layers: true, evidence: true } as const satisfies Prisma.VerificationSelect;

export type SummaryRow = Prisma.VerificationGetPayload<{ select: typeof SUMMARY_FIELDS }>;
export type ViewRow = Prisma.VerificationGetPayload<{ select: typeof VIEW_FIELDS }>;
