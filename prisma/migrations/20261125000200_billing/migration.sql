-- What we know of workspaces at Stripe, the plan periods that were paid, automatic purchases, and each event once.

CREATE TABLE "BillingAccount" (
    "workspaceId" TEXT NOT NULL,
    "stripeCustomerId" TEXT,
    "subscriptionId" TEXT,
    "status" TEXT,
    "plan" TEXT,
    "interval" TEXT,
    "currentPeriodEnd" TIMESTAMP(3),
    "cancelAt" TIMESTAMP(3),
    "nextPlan" TEXT,
    "nextInterval" TEXT,
    "pastDueSince" TIMESTAMP(3),
    "graceUntil" TIMESTAMP(3),
    "paymentMethodLabel" TEXT,
    "version" INTEGER NOT NULL DEFAULT 0,
    "autoTopUpEnabled" BOOLEAN NOT NULL DEFAULT false,
    "autoTopUpBelow" INTEGER NOT NULL DEFAULT 0,
    "autoTopUpPack" TEXT,
    "autoTopUpMaxMonth" INTEGER NOT NULL DEFAULT 1,
    "autoTopUpStopped" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updatedAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "BillingAccount_pkey" PRIMARY KEY ("workspaceId"),
    -- A purchase without a pack or below nothing would be a mistake that costs money.
    CONSTRAINT "BillingAccount_autoTopUp_complete" CHECK (NOT "autoTopUpEnabled" OR ("autoTopUpPack" IS NOT NULL AND "autoTopUpBelow" > 0))
);

CREATE UNIQUE INDEX "BillingAccount_stripeCustomerId_key" ON "BillingAccount"("stripeCustomerId");
CREATE INDEX "BillingAccount_graceUntil_idx" ON "BillingAccount"("graceUntil");

CREATE TABLE "PlanPeriod" (
    "subscriptionId" TEXT NOT NULL,
    "startsAt" TIMESTAMP(3) NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "plan" TEXT NOT NULL,
    "interval" TEXT NOT NULL,
    "endsAt" TIMESTAMP(3) NOT NULL,
    "invoiceId" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "PlanPeriod_pkey" PRIMARY KEY ("subscriptionId", "startsAt"),
    CONSTRAINT "PlanPeriod_in_order" CHECK ("startsAt" < "endsAt")
);

CREATE INDEX "PlanPeriod_workspaceId_startsAt_idx" ON "PlanPeriod"("workspaceId", "startsAt");
CREATE INDEX "PlanPeriod_interval_endsAt_idx" ON "PlanPeriod"("interval", "endsAt");

CREATE TABLE "AutoTopUp" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "pack" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'pending',
    "invoiceId" TEXT,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "endedAt" TIMESTAMP(3),

    CONSTRAINT "AutoTopUp_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "AutoTopUp_state_known" CHECK ("state" IN ('pending', 'paid', 'failed'))
);

CREATE INDEX "AutoTopUp_workspaceId_createdAt_idx" ON "AutoTopUp"("workspaceId", "createdAt");
-- One purchase at a time: whoever comes second finds the first.
CREATE UNIQUE INDEX "AutoTopUp_one_pending" ON "AutoTopUp"("workspaceId") WHERE "state" = 'pending';

CREATE TABLE "StripeEvent" (
    "id" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "created" TIMESTAMP(3) NOT NULL,
    "payload" JSONB NOT NULL,
    "receivedAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "processedAt" TIMESTAMP(3),
    "error" TEXT,

    CONSTRAINT "StripeEvent_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "StripeEvent_receivedAt_idx" ON "StripeEvent"("receivedAt");

ALTER TABLE "BillingAccount" ADD CONSTRAINT "BillingAccount_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "PlanPeriod" ADD CONSTRAINT "PlanPeriod_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "AutoTopUp" ADD CONSTRAINT "AutoTopUp_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;
