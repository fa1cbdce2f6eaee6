-- Deliveries that wait for their next attempt, to find those that have lost their job; few at any time.
CREATE INDEX "WebhookDelivery_due_idx" ON "WebhookDelivery"("nextAttemptAt") WHERE "state" = 'pending';
