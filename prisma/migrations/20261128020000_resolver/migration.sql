-- What each worker last found of its DNS resolver; it ends with the worker's heartbeat.
ALTER TABLE "WorkerHeartbeat"
  ADD COLUMN "resolver" TEXT,
  ADD COLUMN "resolverChosen" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "resolverDetail" TEXT,
  ADD COLUMN "resolverCheckedAt" TIMESTAMP(3);

ALTER TABLE "WorkerHeartbeat"
  ADD CONSTRAINT "WorkerHeartbeat_resolver_check" CHECK ("resolver" IN ('healthy', 'denies_known', 'invents', 'silent'));
