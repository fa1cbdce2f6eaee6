-- Money that went back (refunds of a whole payment, chargebacks) with the credits it takes back, and the mails that are owed for
-- what happened, each once a cause.

CREATE TABLE "PaymentReversal" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "chargeId" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "reason" TEXT,
    "what" TEXT NOT NULL,
    "amountCents" INTEGER NOT NULL,
    "currency" TEXT NOT NULL,
    "respondBy" TIMESTAMP(3),
    "grantKeys" TEXT[],
    "wanted" INTEGER NOT NULL DEFAULT 0,
    "taken" INTEGER NOT NULL DEFAULT 0,
    "takenAt" TIMESTAMP(3),
    "version" INTEGER NOT NULL DEFAULT 0,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "PaymentReversal_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "PaymentReversal_kind_known" CHECK ("kind" IN ('refund', 'dispute')),
    CONSTRAINT "PaymentReversal_state_known" CHECK ("state" IN ('noted', 'taken', 'returned')),
    CONSTRAINT "PaymentReversal_guard" CHECK ("taken" >= 0 AND "taken" <= "wanted")
);

CREATE INDEX "PaymentReversal_workspaceId_createdAt_idx" ON "PaymentReversal"("workspaceId", "createdAt" DESC);
CREATE INDEX "PaymentReversal_chargeId_idx" ON "PaymentReversal"("chargeId");
CREATE INDEX "PaymentReversal_kind_createdAt_idx" ON "PaymentReversal"("kind", "createdAt" DESC);
-- What was held when the rest was taken, and may come free.
CREATE INDEX "PaymentReversal_short" ON "PaymentReversal"("id") WHERE "state" = 'taken' AND "taken" < "wanted";

ALTER TABLE "PaymentReversal" ADD CONSTRAINT "PaymentReversal_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Months of a year that was paid back are no longer granted.
ALTER TABLE "PlanPeriod" ADD COLUMN "reversedAt" TIMESTAMP(3);

CREATE TABLE "Notice" (
    "id" TEXT NOT NULL,
    "cause" TEXT NOT NULL,
    "workspaceId" TEXT,
    "audience" TEXT NOT NULL,
    "address" TEXT,
    "content" JSONB NOT NULL,
    "sentTo" TEXT[],
    "sentAt" TIMESTAMP(3),
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Notice_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "Notice_audience" CHECK (
        ("audience" = 'owners' AND "workspaceId" IS NOT NULL AND "address" IS NULL)
        OR ("audience" = 'operators' AND "address" IS NULL)
        OR ("audience" = 'address' AND ("address" IS NOT NULL OR "sentAt" IS NOT NULL)))
);

CREATE UNIQUE INDEX "Notice_cause_key" ON "Notice"("cause");
CREATE INDEX "Notice_createdAt_idx" ON "Notice"("createdAt");
-- The few that wait.
CREATE INDEX "Notice_unsent" ON "Notice"("createdAt") WHERE "sentAt" IS NULL;

ALTER TABLE "Notice" ADD CONSTRAINT "Notice_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;
