-- An endpoint may belong to one list: what a job in another service's form is to call when it ends, in that service's form. It takes that
-- list's events alone, and goes with it.
ALTER TABLE "WebhookEndpoint" ADD COLUMN "listId" TEXT, ADD COLUMN "service" TEXT, ADD COLUMN "headers" JSONB NOT NULL DEFAULT '{}';

ALTER TABLE "WebhookEndpoint" ADD CONSTRAINT "WebhookEndpoint_service_known"
  CHECK ("service" IN ('zerobounce', 'neverbounce', 'kickbox', 'emailable')),
  ADD CONSTRAINT "WebhookEndpoint_callback_whole" CHECK (("listId" IS NULL) = ("service" IS NULL));

CREATE UNIQUE INDEX "WebhookEndpoint_listId_key" ON "WebhookEndpoint" ("listId");
CREATE INDEX "WebhookEndpoint_workspaceId_listId_idx" ON "WebhookEndpoint" ("workspaceId", "listId");
