-- What planning a list needs: its domains with their rows, each gone in the transaction that makes the chunks of it, and counters
-- for chunks and parts, taken under the list's own lock.
ALTER TABLE "List"
    ADD COLUMN "chunks" INTEGER NOT NULL DEFAULT 0,
    ADD COLUMN "parts" INTEGER NOT NULL DEFAULT 0,
    ADD COLUMN "plannedRun" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "ListDomain" (
    "listId" TEXT NOT NULL,
    "domain" TEXT COLLATE "C" NOT NULL,
    "no" INTEGER NOT NULL,
    "rows" INTEGER[],

    CONSTRAINT "ListDomain_pkey" PRIMARY KEY ("listId","domain","no")
);

-- Whose chunks are under way, for fair claims: few of many.
CREATE INDEX "ListChunk_running" ON "ListChunk" ("listId") WHERE "state" = 'running';
-- They come and go within minutes.
ALTER TABLE "ListDomain" SET (autovacuum_vacuum_scale_factor = 0.05);
