-- A list is three tables: what it is and how it stands (List), what came in (ListFile), and how far its run is (ListRun), each with one
-- row a list. The row of List stays the lock of all three.
LOCK TABLE "List" IN ACCESS EXCLUSIVE MODE;

-- CreateTable
CREATE TABLE "ListFile" (
    "listId" TEXT NOT NULL,
    "fileName" TEXT,
    "format" TEXT,
    "sizeBytes" BIGINT NOT NULL DEFAULT 0,
    "receivedBytes" BIGINT NOT NULL DEFAULT 0,
    "parsedBytes" BIGINT NOT NULL DEFAULT 0,
    "encoding" TEXT,
    "delimiter" TEXT,
    "hasHeader" BOOLEAN,
    "columns" JSONB NOT NULL DEFAULT '[]',
    "preview" JSONB NOT NULL DEFAULT '[]',
    "emailColumn" INTEGER,
    "askedColumn" TEXT,
    "rows" INTEGER NOT NULL DEFAULT 0,
    "exactDuplicates" INTEGER NOT NULL DEFAULT 0,
    "canonicalDuplicates" INTEGER NOT NULL DEFAULT 0,
    "syntaxInvalid" INTEGER NOT NULL DEFAULT 0,
    "rejected" INTEGER NOT NULL DEFAULT 0,
    "severalAddresses" INTEGER NOT NULL DEFAULT 0,
    "knownRecent" INTEGER NOT NULL DEFAULT 0,
    "storedRows" INTEGER NOT NULL DEFAULT 0,
    "storedBytes" BIGINT NOT NULL DEFAULT 0,
    "updatedAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "version" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "ListFile_pkey" PRIMARY KEY ("listId"),
    CONSTRAINT "ListFile_format_known" CHECK ("format" IN ('csv', 'tsv', 'txt', 'xlsx', 'json')),
    CONSTRAINT "ListFile_stored_check" CHECK ("storedRows" >= 0 AND "storedBytes" >= 0)
);

-- CreateTable
CREATE TABLE "ListRun" (
    "listId" TEXT NOT NULL,
    "unique" INTEGER NOT NULL DEFAULT 0,
    "maxCredits" INTEGER NOT NULL DEFAULT 0,
    "startOnReady" BOOLEAN NOT NULL DEFAULT false,
    "startMode" TEXT,
    "creditCap" INTEGER,
    "run" INTEGER NOT NULL DEFAULT 0,
    "holdId" TEXT,
    "processed" INTEGER NOT NULL DEFAULT 0,
    "released" INTEGER NOT NULL DEFAULT 0,
    "isPlanned" BOOLEAN NOT NULL DEFAULT false,
    "plannedRun" INTEGER NOT NULL DEFAULT 0,
    "chunks" INTEGER NOT NULL DEFAULT 0,
    "parts" INTEGER NOT NULL DEFAULT 0,
    "rateASecond" DOUBLE PRECISION,
    "rateFromAt" TIMESTAMP(3),
    "rateFromProcessed" INTEGER NOT NULL DEFAULT 0,
    "version" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "ListRun_pkey" PRIMARY KEY ("listId"),
    CONSTRAINT "ListRun_startMode_known" CHECK ("startMode" IN ('full', 'until_empty')),
    CONSTRAINT "ListRun_counts_check" CHECK ("released" >= 0 AND "processed" >= 0 AND "processed" <= "unique")
);
-- Written with every batch of results: room for the next version beside the last one, and no index but the key.
ALTER TABLE "ListRun" SET (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02);

INSERT INTO "ListFile" ("listId", "fileName", "format", "sizeBytes", "receivedBytes", "parsedBytes", "encoding", "delimiter", "hasHeader",
  "columns", "preview", "emailColumn", "askedColumn", "rows", "exactDuplicates", "canonicalDuplicates", "syntaxInvalid", "rejected",
  "severalAddresses", "knownRecent", "storedRows", "storedBytes", "updatedAt")
SELECT "id", "fileName", "format", "sizeBytes", "receivedBytes", "parsedBytes", "encoding", "delimiter", "hasHeader",
  "columns", "preview", "emailColumn", "askedColumn", "rows", "exactDuplicates", "canonicalDuplicates", "syntaxInvalid", "rejected",
  "severalAddresses", "knownRecent", "storedRows", "storedBytes", "updatedAt"
FROM "List";
INSERT INTO "ListRun" ("listId", "unique", "maxCredits", "startOnReady", "startMode", "creditCap", "run", "holdId", "processed", "released",
  "isPlanned", "plannedRun", "chunks", "parts", "rateASecond", "rateFromAt", "rateFromProcessed")
SELECT "id", "unique", "maxCredits", "startOnReady", "startMode", "creditCap", "run", "holdId", "processed", "released",
  "isPlanned", "plannedRun", "chunks", "parts", "rateASecond", "rateFromAt", "rateFromProcessed"
FROM "List";
-- What was started has a time of its start; it is asked for instead of the number of runs.
UPDATE "List" SET "startedAt" = "createdAt" WHERE "run" > 0 AND "startedAt" IS NULL;

ALTER TABLE "List"
  DROP COLUMN "fileName", DROP COLUMN "format", DROP COLUMN "sizeBytes", DROP COLUMN "receivedBytes", DROP COLUMN "parsedBytes",
  DROP COLUMN "encoding", DROP COLUMN "delimiter", DROP COLUMN "hasHeader", DROP COLUMN "columns", DROP COLUMN "preview",
  DROP COLUMN "emailColumn", DROP COLUMN "askedColumn", DROP COLUMN "rows", DROP COLUMN "exactDuplicates",
  DROP COLUMN "canonicalDuplicates", DROP COLUMN "syntaxInvalid", DROP COLUMN "rejected", DROP COLUMN "severalAddresses",
  DROP COLUMN "knownRecent", DROP COLUMN "storedRows", DROP COLUMN "storedBytes",
  DROP COLUMN "unique", DROP COLUMN "maxCredits", DROP COLUMN "startOnReady", DROP COLUMN "startMode", DROP COLUMN "creditCap",
  DROP COLUMN "run", DROP COLUMN "holdId", DROP COLUMN "processed", DROP COLUMN "released", DROP COLUMN "isPlanned",
  DROP COLUMN "plannedRun", DROP COLUMN "chunks", DROP COLUMN "parts", DROP COLUMN "rateASecond", DROP COLUMN "rateFromAt",
  DROP COLUMN "rateFromProcessed";
ALTER TABLE "List" ADD CONSTRAINT "List_unstartedDays_check" CHECK ("unstartedDays" > 0);

-- AddForeignKey
ALTER TABLE "ListFile" ADD CONSTRAINT "ListFile_listId_fkey" FOREIGN KEY ("listId") REFERENCES "List"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "ListRun" ADD CONSTRAINT "ListRun_listId_fkey" FOREIGN KEY ("listId") REFERENCES "List"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- `expiresAt` of a list that is not started: its retention, or the days that its plan gives such lists where these are fewer.
CREATE OR REPLACE FUNCTION list_keep_clocks() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  days INTEGER := CASE WHEN NEW."status" IN ('uploading', 'parsing', 'ready') THEN LEAST(NEW."retentionDays", NEW."unstartedDays") ELSE NEW."retentionDays" END;
BEGIN
  IF NEW."status" <> 'expired' THEN
    NEW."expiresAt" := CASE WHEN NEW."status" NOT IN ('queued', 'running', 'paused')
      THEN COALESCE(NEW."finishedAt", NEW."createdAt") + days * interval '1 day' END;
    IF TG_OP = 'UPDATE' AND NEW."expiresAt" IS DISTINCT FROM OLD."expiresAt" THEN
      NEW."expiryNoticeAt" := NULL;
    END IF;
  END IF;
  RETURN NEW;
END
$$;

-- A window of its pace is measured while a list runs.
CREATE FUNCTION list_run_begin_pace() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE "ListRun" SET "rateASecond" = NULL, "rateFromProcessed" = "processed",
    "rateFromAt" = CASE WHEN NEW."status" = 'running' THEN timezone('UTC', clock_timestamp()) END
  WHERE "listId" = NEW."id";
  RETURN NULL;
END
$$;
CREATE TRIGGER "List_begin_pace" AFTER UPDATE OF "status" ON "List" FOR EACH ROW
  WHEN (OLD."status" IS DISTINCT FROM NEW."status" AND 'running' IN (OLD."status", NEW."status"))
  EXECUTE FUNCTION list_run_begin_pace();

CREATE FUNCTION list_run_keep_pace() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  moment TIMESTAMP(3) := timezone('UTC', clock_timestamp());
  elapsed DOUBLE PRECISION;
  fresh DOUBLE PRECISION;
BEGIN
  IF NEW."rateFromAt" IS NULL THEN
    IF EXISTS (SELECT 1 FROM "List" WHERE "id" = NEW."listId" AND "status" = 'running') THEN
      NEW."rateASecond" := NULL;
      NEW."rateFromAt" := moment;
      NEW."rateFromProcessed" := NEW."processed";
    END IF;
  ELSIF NEW."processed" < NEW."rateFromProcessed" THEN
    NEW."rateASecond" := NULL;
    NEW."rateFromAt" := moment;
    NEW."rateFromProcessed" := NEW."processed";
  ELSE
    elapsed := extract(epoch FROM moment - NEW."rateFromAt");
    IF elapsed >= 5 THEN
      fresh := (NEW."processed" - NEW."rateFromProcessed") / elapsed;
      NEW."rateASecond" := COALESCE((NEW."rateASecond" + fresh) / 2, fresh);
      NEW."rateFromAt" := moment;
      NEW."rateFromProcessed" := NEW."processed";
    END IF;
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER "ListRun_keep_pace" BEFORE UPDATE OF "processed" ON "ListRun" FOR EACH ROW
  WHEN (OLD."processed" IS DISTINCT FROM NEW."processed") EXECUTE FUNCTION list_run_keep_pace();

-- A list's version is the sum of the three: whatever changes of it, it grows.
CREATE TRIGGER "ListFile_count_version" BEFORE UPDATE ON "ListFile" FOR EACH ROW EXECUTE FUNCTION list_count_version();
CREATE TRIGGER "ListRun_count_version" BEFORE UPDATE ON "ListRun" FOR EACH ROW EXECUTE FUNCTION list_count_version();
