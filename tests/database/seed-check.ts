// Writes single checks of any time straight into the table, for tests of what comes after a verdict.
import { db } from '@/lib/platform/db/client';
import type { Prisma } from '@/lib/platform/db/_prisma/client';
import type { Scope } from '@/lib/platform/scope';
import { parseAddress } from '@/lib/verdict/address';
import { creditsFor } from '@/lib/credits/rules/ledger';
import { statusOf, type Reason } from '@/lib/verdict/verdict';
import { newId } from '@/lib/platform/ids';

export interface SeedCheck {
  email: string;
  /** Without a reason the check is pending. */
  reason?: Reason;
  at?: Date;
  more?: Partial<Prisma.VerificationUncheckedCreateInput>;
}

const toRow = ({ workspaceId }: Scope, { email, reason, at, more }: SeedCheck): Prisma.VerificationUncheckedCreateInput => {
  const parsed = parseAddress(email);
  const createdAt = at ?? new Date();
  return {
    id: newId('verification', at?.getTime()),
    workspaceId,
    source: 'app',
    email,
    createdAt,
    ...(reason !== undefined && {
      status: statusOf(reason),
      reason,
      checkedAt: createdAt,
      creditsCharged: creditsFor(reason),
      ...(parsed.ok && { normalized: parsed.address.normalized, canonical: parsed.address.canonical }),
    }),
    ...more,
  };
};

export async function seedCheck(scope: Scope, check: SeedCheck): Promise<string> {
  const data = toRow(scope, check);
  await db().verification.create({ data, select: { id: true } });
  return data.id;
}

export async function seedChecks(scope: Scope, checks: readonly SeedCheck[]): Promise<void> {
  await db().verification.createMany({ data: checks.map((check) => toRow(scope, check)) });
}
