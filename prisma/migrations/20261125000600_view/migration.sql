-- What a list's page needs: its rate of late, the moment its rows go, and an index for every filter of its results.

-- AlterTable
ALTER TABLE "List" ADD COLUMN "rateASecond" DOUBLE PRECISION,
ADD COLUMN "rateFromAt" TIMESTAMP(3),
ADD COLUMN "rateFromProcessed" INTEGER NOT NULL DEFAULT 0;

-- DropIndex
DROP INDEX "ListResult_listId_domain_reason_n_idx";

-- A domain's rows by provider and reason: whichever of the three is asked for, a page is read and nothing skipped.
-- CreateIndex
CREATE INDEX "ListResult_listId_domain_provider_reason_n_idx" ON "ListResult"("listId", "domain", "provider", "reason", "n");

-- The beginning of an address within a provider and a reason: a common beginning and a rare reason never meet by skipping.
-- CreateIndex
CREATE INDEX "ListResult_listId_provider_reason_email_n_idx" ON "ListResult"("listId", "provider", "reason", "email", "n");

-- Two clocks of a list that nobody may forget, so they are kept here. `expiresAt`: the retention counts from the end of the run, from
-- the creation where there was none, and not at all while the list is at work; when it moves, the notice is due anew. Rate: final
-- verdicts a second over windows of at least five seconds, halved into the one before.
CREATE FUNCTION list_keep_clocks() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  moment TIMESTAMP(3) := timezone('UTC', clock_timestamp());
  elapsed DOUBLE PRECISION;
  fresh DOUBLE PRECISION;
BEGIN
  IF NEW."state" <> 'expired' THEN
    NEW."expiresAt" := CASE WHEN NEW."state" NOT IN ('queued', 'running', 'paused')
      THEN COALESCE(NEW."finishedAt", NEW."createdAt") + NEW."retentionDays" * interval '1 day' END;
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
CREATE TRIGGER "List_keep_clocks" BEFORE INSERT OR UPDATE ON "List" FOR EACH ROW EXECUTE FUNCTION list_keep_clocks();
