-- A list is called a list everywhere: its ids begin with lst_ (they began with job_), it has a status (it was state), and its scopes and
-- webhook events are named for it.
ALTER TABLE "List" RENAME COLUMN "state" TO "status";
ALTER INDEX "List_state_idx" RENAME TO "List_status_idx";

CREATE OR REPLACE FUNCTION list_keep_clocks() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  moment TIMESTAMP(3) := timezone('UTC', clock_timestamp());
  elapsed DOUBLE PRECISION;
  fresh DOUBLE PRECISION;
  days INTEGER := CASE WHEN NEW."status" IN ('uploading', 'parsing', 'ready') THEN LEAST(NEW."retentionDays", NEW."unstartedDays") ELSE NEW."retentionDays" END;
BEGIN
  IF NEW."status" <> 'expired' THEN
    NEW."expiresAt" := CASE WHEN NEW."status" NOT IN ('queued', 'running', 'paused')
      THEN COALESCE(NEW."finishedAt", NEW."createdAt") + days * interval '1 day' END;
  END IF;
  IF TG_OP = 'INSERT' THEN RETURN NEW; END IF;

  IF NEW."status" <> 'expired' AND NEW."expiresAt" IS DISTINCT FROM OLD."expiresAt" THEN
    NEW."expiryNoticeAt" := NULL;
  END IF;
  IF NEW."status" <> 'running' THEN
    NEW."rateASecond" := NULL;
    NEW."rateFromAt" := NULL;
  ELSIF OLD."status" <> 'running' OR NEW."rateFromAt" IS NULL OR NEW."processed" < NEW."rateFromProcessed" THEN
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

-- Every place that holds a list's id, by itself or in a key.
ALTER TABLE "CreditEntry" DISABLE TRIGGER "CreditEntry_append_only";
ALTER TABLE "List" DISABLE TRIGGER USER;
DO $$
DECLARE
  place RECORD;
BEGIN
  FOR place IN
    SELECT * FROM (VALUES
      ('List', 'id'), ('ListRow', 'listId'), ('ListResult', 'listId'), ('ListEvidence', 'listId'), ('ListTally', 'listId'),
      ('ListChunk', 'listId'), ('ListRetry', 'listId'), ('ListDomain', 'listId'), ('FileChunk', 'fileId'), ('Feedback', 'listId'),
      ('CreditEntry', 'sourceKey'), ('CreditEntry', 'causeId'), ('CreditGrant', 'sourceKey'), ('CreditHold', 'sourceKey'),
      ('CreditHold', 'causeId'), ('IdempotencyRecord', 'resourceId'), ('WebhookEvent', 'sourceKey')
    ) AS places (name, field)
  LOOP
    EXECUTE format('UPDATE %1$I SET %2$I = replace(%2$I, ''job_'', ''lst_'') WHERE position(''job_'' IN %2$I) > 0', place.name, place.field);
  END LOOP;
  -- What waits in the queue: made by graphile-worker, which is not there yet in a new database.
  IF to_regclass('graphile_worker._private_jobs') IS NOT NULL THEN
    UPDATE graphile_worker._private_jobs
    SET "payload" = replace("payload"::text, '"job_', '"lst_')::json, "key" = replace("key", 'job_', 'lst_')
    WHERE position('"job_' IN "payload"::text) > 0;
  END IF;
END
$$;
ALTER TABLE "List" ENABLE TRIGGER USER;
ALTER TABLE "CreditEntry" ENABLE TRIGGER "CreditEntry_append_only";

UPDATE "WebhookEvent" SET "sourceKey" = 'list' || substr("sourceKey", 4) WHERE "sourceKey" LIKE 'job:%';
UPDATE "WebhookEvent" SET "type" = CASE "type" WHEN 'job.ready' THEN 'list.ready' WHEN 'job.progress' THEN 'list.progress'
  WHEN 'batch.completed' THEN 'list.completed' ELSE 'list.failed' END
WHERE "type" IN ('job.ready', 'job.progress', 'batch.completed', 'batch.failed');
UPDATE "WebhookEndpoint" SET "eventTypes" = array_replace(array_replace(array_replace(array_replace("eventTypes",
  'job.ready', 'list.ready'), 'job.progress', 'list.progress'), 'batch.completed', 'list.completed'), 'batch.failed', 'list.failed')
WHERE "eventTypes" && ARRAY['job.ready', 'job.progress', 'batch.completed', 'batch.failed'];
UPDATE "ApiKey" SET "scopes" = array_replace(array_replace("scopes", 'jobs:read', 'lists:read'), 'jobs:write', 'lists:write')
WHERE "scopes" && ARRAY['jobs:read', 'jobs:write'];
