-- A reported bounce may give back what the answer cost: how much, when, and of which list.
ALTER TABLE "Feedback" ADD COLUMN "listId" TEXT,
ADD COLUMN "enhanced" TEXT,
ADD COLUMN "credits" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN "refundedAt" TIMESTAMP(3);

CREATE INDEX "Feedback_workspaceId_refundedAt_idx" ON "Feedback"("workspaceId", "refundedAt");

CREATE INDEX "CreditHold_workspaceId_id_idx" ON "CreditHold"("workspaceId", "id" DESC);

CREATE INDEX "Feedback_listId_idx" ON "Feedback"("listId");

ALTER TABLE "Feedback" ADD CONSTRAINT "Feedback_guard" CHECK ("credits" >= 0 AND ("credits" > 0) = ("refundedAt" IS NOT NULL));

-- ---- what Prisma's schema can't say ----

-- The ledger's pages of what holds gave back: most holds gave back nothing and are not in it.
CREATE INDEX "CreditHold_released" ON "CreditHold" ("workspaceId", "closedAt" DESC, "id" DESC)
    WHERE "closedAt" IS NOT NULL AND "amount" > "captured";
