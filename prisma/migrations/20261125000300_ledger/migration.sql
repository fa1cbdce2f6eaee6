-- Every entry tells its cause; grants have a priority; a list's hold stays open until it is released; keys have a budget;
-- usage is summed by day as it happens; and a balance that runs low is told once a crossing.
ALTER TABLE "CreditEntry"
    ADD COLUMN "causeType" TEXT,
    ADD COLUMN "causeId" TEXT,
    ADD COLUMN "apiKeyId" TEXT,
    ADD COLUMN "holdId" TEXT;

ALTER TABLE "CreditGrant" ADD COLUMN "priority" INTEGER NOT NULL DEFAULT 0;

ALTER TABLE "CreditHold"
    ADD COLUMN "causeType" TEXT,
    ADD COLUMN "causeId" TEXT,
    ADD COLUMN "apiKeyId" TEXT,
    ADD COLUMN "staysOpen" BOOLEAN NOT NULL DEFAULT false;

ALTER TABLE "CreditBalance"
    ADD COLUMN "lowBelow" INTEGER,
    ADD COLUMN "lowAt" TIMESTAMP(3);

ALTER TABLE "ApiKey" ADD COLUMN "monthlyCreditCap" INTEGER;

CREATE TABLE "ApiKeyMonth" (
    "apiKeyId" TEXT NOT NULL,
    "month" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "credits" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "ApiKeyMonth_pkey" PRIMARY KEY ("apiKeyId", "month")
);

CREATE INDEX "ApiKeyMonth_workspaceId_month_idx" ON "ApiKeyMonth"("workspaceId", "month");

ALTER TABLE "ApiKeyMonth" ADD CONSTRAINT "ApiKeyMonth_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "UsageDay" (
    "workspaceId" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "apiKeyId" TEXT NOT NULL DEFAULT '',
    "source" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "answers" INTEGER NOT NULL DEFAULT 0,
    "credits" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "UsageDay_pkey" PRIMARY KEY ("workspaceId", "day", "apiKeyId", "source", "reason")
);

ALTER TABLE "UsageDay" ADD CONSTRAINT "UsageDay_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- ---- what is known of the rows that are there ----

UPDATE "CreditHold" SET "causeType" = 'verification', "causeId" = v."id", "apiKeyId" = v."apiKeyId"
FROM "Verification" v WHERE "CreditHold"."sourceKey" = 'verification:' || v."id";
UPDATE "CreditHold" SET "causeType" = 'verification', "causeId" = substr("sourceKey", 14)
WHERE "causeType" IS NULL AND "sourceKey" LIKE 'verification:%';
UPDATE "CreditHold" SET "causeType" = 'adjustment' WHERE "causeType" IS NULL;

-- Append-only is for the living; columns that did not exist are filled once.
ALTER TABLE "CreditEntry" DISABLE TRIGGER "CreditEntry_append_only";
UPDATE "CreditEntry" SET "causeType" = h."causeType", "causeId" = h."causeId", "apiKeyId" = h."apiKeyId", "holdId" = h."id"
FROM "CreditHold" h WHERE "CreditEntry"."kind" = 'capture' AND h."sourceKey" = "CreditEntry"."sourceKey";
UPDATE "CreditEntry" SET "causeType" = 'verification', "causeId" = substr("sourceKey", 14)
WHERE "causeType" IS NULL AND "kind" = 'capture' AND "sourceKey" LIKE 'verification:%';
UPDATE "CreditEntry" SET "causeType" = CASE WHEN g."kind" = 'monthly' THEN 'plan' ELSE 'grant' END, "causeId" = g."id"
FROM "CreditGrant" g WHERE "CreditEntry"."kind" = 'grant' AND g."sourceKey" = "CreditEntry"."sourceKey";
UPDATE "CreditEntry" SET "causeType" = 'expiry', "causeId" = split_part("sourceKey", ':', 2) WHERE "kind" = 'expire';
UPDATE "CreditEntry" SET "causeType" = 'adjustment' WHERE "causeType" IS NULL;
ALTER TABLE "CreditEntry" ENABLE TRIGGER "CreditEntry_append_only";

-- The plan's month first, gifts next, bought credits last.
UPDATE "CreditGrant" SET "priority" = CASE WHEN "kind" = 'monthly' THEN 0 ELSE 10 END;

INSERT INTO "ApiKeyMonth" ("apiKeyId", "month", "workspaceId", "credits")
SELECT "apiKeyId", to_char("createdAt", 'YYYY-MM'), "workspaceId", SUM(-"amount")::int FROM "CreditEntry"
WHERE "kind" = 'capture' AND "apiKeyId" IS NOT NULL GROUP BY 1, 2, 3;

-- An answer from memory carries the date of the answer that it repeats; it was given when its row was made.
INSERT INTO "UsageDay" ("workspaceId", "day", "apiKeyId", "source", "reason", "answers", "credits")
SELECT "workspaceId", (CASE WHEN "cached" THEN "createdAt" ELSE COALESCE("checkedAt", "createdAt") END)::date, COALESCE("apiKeyId", ''),
    "source", "reason", COUNT(*)::int, SUM("creditsCharged")::int
FROM "Verification"
WHERE "status" <> 'pending' AND "reason" IS NOT NULL AND NOT "test" AND "source" <> 'landing' GROUP BY 1, 2, 3, 4, 5;

ALTER TABLE "CreditEntry" ALTER COLUMN "causeType" SET NOT NULL;
ALTER TABLE "CreditHold" ALTER COLUMN "causeType" SET NOT NULL;

CREATE INDEX "CreditEntry_workspaceId_kind_id_idx" ON "CreditEntry"("workspaceId", "kind", "id" DESC);

-- ---- what Prisma's schema can't say ----

ALTER TABLE "CreditEntry" ADD CONSTRAINT "CreditEntry_cause" CHECK
    ("causeType" IN ('verification', 'list', 'grant', 'purchase', 'plan', 'expiry', 'refund', 'adjustment'));
ALTER TABLE "CreditBalance" ADD CONSTRAINT "CreditBalance_lowBelow" CHECK ("lowBelow" >= 0);
ALTER TABLE "ApiKey" ADD CONSTRAINT "ApiKey_monthlyCreditCap" CHECK ("monthlyCreditCap" > 0);
ALTER TABLE "ApiKeyMonth" ADD CONSTRAINT "ApiKeyMonth_guard" CHECK ("credits" >= 0);
ALTER TABLE "UsageDay" ADD CONSTRAINT "UsageDay_guard" CHECK ("answers" >= 0 AND "credits" >= 0);

-- What open holds of a key hold, for its budget.
CREATE INDEX "CreditHold_open_of_key" ON "CreditHold" ("apiKeyId") WHERE "closedAt" IS NULL AND "apiKeyId" IS NOT NULL;
