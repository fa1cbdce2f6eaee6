-- Words of a closed set are refused by the database too. A word that some version of before may have left is made one of today's first;
-- the pages have read it so all along.
ALTER TABLE "List" DISABLE TRIGGER USER;
UPDATE "List" SET "policy" = 'newsletter' WHERE "policy" NOT IN ('signup', 'transactional', 'newsletter', 'cold');
UPDATE "List" SET "source" = 'upload' WHERE "source" NOT IN ('upload', 'paste', 'api');
UPDATE "List" SET "format" = NULL WHERE "format" NOT IN ('csv', 'tsv', 'txt', 'xlsx', 'json');
UPDATE "List" SET "startMode" = NULL WHERE "startMode" NOT IN ('full', 'until_empty');
UPDATE "List" SET "failure" = 'internal_error' WHERE "failure" NOT IN ('empty_file', 'no_email_column', 'unreadable_file', 'too_many_rows',
  'file_too_large', 'quota_exceeded', 'upload_abandoned', 'internal_error');
UPDATE "List" SET "status" = 'failed', "failure" = 'internal_error' WHERE "status" NOT IN ('uploading', 'parsing', 'ready', 'queued', 'running',
  'paused', 'completed', 'cancelled', 'failed', 'expired');
ALTER TABLE "List" ENABLE TRIGGER USER;

ALTER TABLE "List"
  ADD CONSTRAINT "List_status_known" CHECK ("status" IN ('uploading', 'parsing', 'ready', 'queued', 'running', 'paused', 'completed',
    'cancelled', 'failed', 'expired')),
  ADD CONSTRAINT "List_failure_known" CHECK ("failure" IN ('empty_file', 'no_email_column', 'unreadable_file', 'too_many_rows',
    'file_too_large', 'quota_exceeded', 'upload_abandoned', 'internal_error')),
  ADD CONSTRAINT "List_source_known" CHECK ("source" IN ('upload', 'paste', 'api')),
  ADD CONSTRAINT "List_policy_known" CHECK ("policy" IN ('signup', 'transactional', 'newsletter', 'cold')),
  ADD CONSTRAINT "List_format_known" CHECK ("format" IN ('csv', 'tsv', 'txt', 'xlsx', 'json')),
  ADD CONSTRAINT "List_startMode_known" CHECK ("startMode" IN ('full', 'until_empty'));
ALTER TABLE "List" RENAME CONSTRAINT "List_pauseReason_check" TO "List_pauseReason_known";

ALTER TABLE "ListChunk"
  ADD CONSTRAINT "ListChunk_state_known" CHECK ("state" IN ('open', 'running')),
  ADD CONSTRAINT "ListChunk_lane_known" CHECK ("lane" IN ('main', 'slow', 'retry'));

ALTER TABLE "WebhookEndpoint"
  ADD CONSTRAINT "WebhookEndpoint_state_known" CHECK ("state" IN ('enabled', 'disabled')),
  ADD CONSTRAINT "WebhookEndpoint_disabledReason_known" CHECK ("disabledReason" IN ('by_owner', 'gone', 'failing'));
-- Large tables: what is written from now on is refused, and what is there is not read as a whole.
ALTER TABLE "WebhookDelivery"
  ADD CONSTRAINT "WebhookDelivery_state_known" CHECK ("state" IN ('pending', 'delivered', 'failed')) NOT VALID;
ALTER TABLE "CreditEntry" ADD CONSTRAINT "CreditEntry_kind_known" CHECK ("kind" IN ('grant', 'capture', 'expire', 'refund')) NOT VALID;
