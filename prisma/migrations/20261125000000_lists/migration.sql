-- Lists: the file's rows as they came, one final verdict for each unique address, the evidence of verdicts written together, counts,
-- chunks of work, and the parts of uploads. Rows and results hold no foreign key: a million look-ups at their COPY would buy
-- nothing, as they are only ever written and deleted by their list. Addresses and domains sort by bytes, so that a search by
-- the beginning of one uses the index whatever the database's language.
-- CreateTable
CREATE TABLE "List" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "createdById" TEXT,
    "apiKeyId" TEXT,
    "source" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "test" BOOLEAN NOT NULL DEFAULT false,
    "state" TEXT NOT NULL DEFAULT 'uploading',
    "pauseReason" TEXT,
    "failure" TEXT,
    "failureDetail" TEXT,
    "policy" TEXT NOT NULL DEFAULT 'newsletter',
    "metadata" JSONB,
    "fileName" TEXT,
    "format" TEXT,
    "sizeBytes" BIGINT NOT NULL DEFAULT 0,
    "receivedBytes" BIGINT NOT NULL DEFAULT 0,
    "encoding" TEXT,
    "delimiter" TEXT,
    "hasHeader" BOOLEAN,
    "columns" JSONB NOT NULL DEFAULT '[]',
    "emailColumn" INTEGER,
    "rows" INTEGER NOT NULL DEFAULT 0,
    "unique" INTEGER NOT NULL DEFAULT 0,
    "exactDuplicates" INTEGER NOT NULL DEFAULT 0,
    "canonicalDuplicates" INTEGER NOT NULL DEFAULT 0,
    "syntaxInvalid" INTEGER NOT NULL DEFAULT 0,
    "rejected" INTEGER NOT NULL DEFAULT 0,
    "knownRecent" INTEGER NOT NULL DEFAULT 0,
    "maxCredits" INTEGER NOT NULL DEFAULT 0,
    "startOnReady" BOOLEAN NOT NULL DEFAULT false,
    "run" INTEGER NOT NULL DEFAULT 0,
    "startMode" TEXT,
    "creditCap" INTEGER,
    "holdId" TEXT,
    "reserved" INTEGER NOT NULL DEFAULT 0,
    "processed" INTEGER NOT NULL DEFAULT 0,
    "captured" INTEGER NOT NULL DEFAULT 0,
    "released" INTEGER NOT NULL DEFAULT 0,
    "isPlanned" BOOLEAN NOT NULL DEFAULT false,
    "retentionDays" INTEGER NOT NULL DEFAULT 30,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "startedAt" TIMESTAMP(3),
    "finishedAt" TIMESTAMP(3),
    "expiresAt" TIMESTAMP(3),
    "expiryNoticeAt" TIMESTAMP(3),
    "rowsDeletedAt" TIMESTAMP(3),
    "updatedAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "List_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ListRow" (
    "listId" TEXT NOT NULL,
    "n" INTEGER NOT NULL,
    "email" TEXT COLLATE "C" NOT NULL,
    "domain" TEXT COLLATE "C" NOT NULL,
    "kind" SMALLINT NOT NULL,
    "first" INTEGER,
    "cells" TEXT NOT NULL,

    CONSTRAINT "ListRow_pkey" PRIMARY KEY ("listId","n")
);

-- CreateTable
CREATE TABLE "ListResult" (
    "listId" TEXT NOT NULL,
    "n" INTEGER NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "email" TEXT COLLATE "C" NOT NULL,
    "domain" TEXT COLLATE "C" NOT NULL,
    "reason" SMALLINT NOT NULL,
    "score" SMALLINT,
    "flags" INTEGER NOT NULL,
    "provider" TEXT COLLATE "C" NOT NULL DEFAULT '',
    "mxHost" TEXT,
    "didYouMean" TEXT,
    "cached" BOOLEAN NOT NULL DEFAULT false,
    "credits" SMALLINT NOT NULL DEFAULT 0,
    "durationMs" INTEGER NOT NULL DEFAULT 0,
    "checkedAt" TIMESTAMP(3) NOT NULL,
    "part" INTEGER NOT NULL,

    CONSTRAINT "ListResult_pkey" PRIMARY KEY ("listId","n")
);

-- CreateTable
CREATE TABLE "ListEvidence" (
    "listId" TEXT NOT NULL,
    "part" INTEGER NOT NULL,
    "body" BYTEA NOT NULL,

    CONSTRAINT "ListEvidence_pkey" PRIMARY KEY ("listId","part")
);

-- CreateTable
CREATE TABLE "ListTally" (
    "listId" TEXT NOT NULL,
    "reason" SMALLINT NOT NULL,
    "provider" TEXT NOT NULL,
    "rows" INTEGER NOT NULL DEFAULT 0,
    "credits" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "ListTally_pkey" PRIMARY KEY ("listId","reason","provider")
);

-- CreateTable
CREATE TABLE "ListChunk" (
    "listId" TEXT NOT NULL,
    "run" INTEGER NOT NULL,
    "no" INTEGER NOT NULL,
    "rows" INTEGER[],
    "hostKey" TEXT NOT NULL DEFAULT '',
    "state" TEXT NOT NULL DEFAULT 'open',
    "lane" TEXT NOT NULL DEFAULT 'main',
    "notBefore" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "claimedBy" TEXT,
    "claimedAt" TIMESTAMP(3),
    "reserved" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "ListChunk_pkey" PRIMARY KEY ("listId","run","no")
);

-- CreateTable
CREATE TABLE "ListRetry" (
    "listId" TEXT NOT NULL,
    "n" INTEGER NOT NULL,
    "attempt" SMALLINT NOT NULL,
    "dueAt" TIMESTAMP(3) NOT NULL,
    "triplet" JSONB,
    "evidence" JSONB NOT NULL DEFAULT '[]',

    CONSTRAINT "ListRetry_pkey" PRIMARY KEY ("listId","n")
);

-- CreateTable
CREATE TABLE "FileChunk" (
    "fileId" TEXT NOT NULL,
    "no" INTEGER NOT NULL,
    "bytes" BYTEA NOT NULL,

    CONSTRAINT "FileChunk_pkey" PRIMARY KEY ("fileId","no")
);

-- CreateIndex
CREATE INDEX "List_workspaceId_id_idx" ON "List"("workspaceId", "id" DESC);

-- CreateIndex
CREATE INDEX "List_state_idx" ON "List"("state");

-- CreateIndex
CREATE INDEX "List_expiresAt_idx" ON "List"("expiresAt");

-- CreateIndex
CREATE INDEX "ListResult_listId_reason_n_idx" ON "ListResult"("listId", "reason", "n");

-- CreateIndex
CREATE INDEX "ListResult_listId_provider_reason_n_idx" ON "ListResult"("listId", "provider", "reason", "n");

-- CreateIndex
CREATE INDEX "ListResult_listId_domain_reason_n_idx" ON "ListResult"("listId", "domain", "reason", "n");

-- CreateIndex
CREATE INDEX "ListResult_listId_email_n_idx" ON "ListResult"("listId", "email", "n");

-- CreateIndex
CREATE INDEX "ListResult_workspaceId_email_checkedAt_idx" ON "ListResult"("workspaceId", "email", "checkedAt");

-- CreateIndex
CREATE INDEX "ListChunk_state_notBefore_idx" ON "ListChunk"("state", "notBefore");

-- CreateIndex
CREATE INDEX "ListRetry_listId_dueAt_idx" ON "ListRetry"("listId", "dueAt");

-- AddForeignKey
ALTER TABLE "List" ADD CONSTRAINT "List_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "List" ADD CONSTRAINT "List_counts_check"
  CHECK ("reserved" >= 0 AND "captured" >= 0 AND "released" >= 0 AND "processed" >= 0 AND "processed" <= "unique");
ALTER TABLE "ListChunk" ADD CONSTRAINT "ListChunk_reserved_check" CHECK ("reserved" >= 0);

-- Results and retries come and go in bulk: let the vacuum follow sooner than a fifth of the table.
ALTER TABLE "ListResult" SET (autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.02);
ALTER TABLE "ListRow" SET (autovacuum_vacuum_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.02);
ALTER TABLE "ListChunk" SET (autovacuum_vacuum_scale_factor = 0.02, fillfactor = 70);
-- Parts of files are compressed by nobody: most are text that is read once.
ALTER TABLE "FileChunk" ALTER COLUMN "bytes" SET STORAGE EXTERNAL;
ALTER TABLE "ListEvidence" ALTER COLUMN "body" SET STORAGE EXTERNAL;
