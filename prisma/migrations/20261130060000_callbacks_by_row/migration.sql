-- Reacher's callback is called for each row of its list, and repeats what its client sent along.
ALTER TABLE "WebhookEndpoint" ADD COLUMN "extra" TEXT,
  DROP CONSTRAINT "WebhookEndpoint_service_known",
  ADD CONSTRAINT "WebhookEndpoint_service_known" CHECK ("service" IN ('zerobounce', 'neverbounce', 'kickbox', 'emailable', 'reacher'));
