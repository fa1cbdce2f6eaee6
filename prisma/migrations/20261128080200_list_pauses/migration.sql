-- When a list paused for credits: the mail about it names this pause and no other.
ALTER TABLE "List" ADD COLUMN "pausedAt" TIMESTAMP(3);
