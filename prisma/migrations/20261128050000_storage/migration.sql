-- What a workspace stores, by list, so that a plan can bound it; and lists that are never started are kept for a shorter time.

-- AlterTable
ALTER TABLE "List" ADD COLUMN "storedRows" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN "storedBytes" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN "unstartedDays" INTEGER NOT NULL DEFAULT 30;
ALTER TABLE "List" ADD CONSTRAINT "List_stored_check" CHECK ("storedRows" >= 0 AND "storedBytes" >= 0 AND "unstartedDays" > 0);

-- `expiresAt` of a list that is not started: its retention, or the days that its plan gives such lists where these are fewer.
CREATE OR REPLACE FUNCTION list_keep_clocks() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  moment TIMESTAMP(3) := timezone('UTC', clock_timestamp());
  elapsed DOUBLE PRECISION;
  fresh DOUBLE PRECISION;
  days INTEGER := CASE WHEN NEW."state" IN ('uploading', 'parsing', 'ready') THEN LEAST(NEW."retentionDays", NEW."unstartedDays") ELSE NEW."retentionDays" END;
BEGIN
  IF NEW."state" <> 'expired' THEN
    NEW."expiresAt" := CASE WHEN NEW."state" NOT IN ('queued', 'running', 'paused')
      THEN COALESCE(NEW."finishedAt", NEW."createdAt") + days * interval '1 day' END;
  END IF;
  IF TG_OP = 'INSERT' THEN RETURN NEW; END IF;

  IF NEW."state" <> 'expired' AND NEW."expiresAt" IS DISTINCT FROM OLD."expiresAt" THEN
    NEW."expiryNoticeAt" := NULL;
  END IF;
  IF NEW."state" <> 'running' THEN
    NEW."rateASecond" := NULL;
    NEW."rateFromAt" := NULL;
  ELSIF OLD."state" <> 'running' OR NEW."rateFromAt" IS NULL OR NEW."processed" < NEW."rateFromProcessed" THEN
    NEW."rateASecond" := NULL;
    NEW."rateFromAt" := moment;
    NEW."rateFromProcessed" := NEW."processed";
  ELSIF NEW."processed" <> OLD."processed" THEN
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

-- Of lists that are here already: their rows, their file's size for the text of their cells, and the Free plan's days. An address has
-- about 25 letters; a batch has no file.
UPDATE "List" SET "storedRows" = "rows", "storedBytes" = GREATEST("sizeBytes", "rows" * 25::bigint)
WHERE "state" IN ('ready', 'queued', 'running', 'paused', 'completed') OR ("state" IN ('cancelled', 'failed') AND "startedAt" IS NOT NULL);
UPDATE "List" l SET "unstartedDays" = 7 FROM "Workspace" w
WHERE w."id" = l."workspaceId" AND w."plan" NOT IN ('starter', 'professional', 'business') AND l."state" <> 'expired';

-- What a workspace stores is summed over the lists that still have rows; those whose rows are gone only grow in number.
CREATE INDEX "List_stored" ON "List" ("workspaceId") WHERE "state" <> 'expired';
