-- The status page: how often each component was looked at in a day and how often it was not well, and how many addresses of each provider
-- got an answer. Sums of a day, so that a quarter of a year is a few thousand rows; nothing in them belongs to anybody.
CREATE TABLE "StatusDay" (
    "component" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "samples" INTEGER NOT NULL DEFAULT 0,
    "degraded" INTEGER NOT NULL DEFAULT 0,
    "failed" INTEGER NOT NULL DEFAULT 0,
    "state" TEXT NOT NULL,
    "firstAt" TIMESTAMP(3) NOT NULL,
    "sampledAt" TIMESTAMP(3) NOT NULL,
    CONSTRAINT "StatusDay_pkey" PRIMARY KEY ("component", "day"),
    CONSTRAINT "StatusDay_component_known" CHECK ("component" IN ('web', 'worker', 'queue', 'database', 'port_25', 'webhooks')),
    CONSTRAINT "StatusDay_state_known" CHECK ("state" IN ('operational', 'degraded', 'failed'))
);

CREATE TABLE "StatusProviderDay" (
    "provider" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "asked" INTEGER NOT NULL DEFAULT 0,
    "answered" INTEGER NOT NULL DEFAULT 0,
    CONSTRAINT "StatusProviderDay_pkey" PRIMARY KEY ("provider", "day")
);

-- Rows are written in the order of their time, so an index of block ranges is enough to find those of the last minutes, and costs a list nothing.
CREATE INDEX "ListResult_checkedAt_idx" ON "ListResult" USING BRIN ("checkedAt");
