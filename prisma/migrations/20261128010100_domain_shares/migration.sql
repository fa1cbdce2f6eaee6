-- What each workspace used of a target domain's hour, and asked for in vain.
CREATE TABLE "DomainUse" (
    "domain" TEXT NOT NULL,
    "hour" TIMESTAMP(3) NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "shared" INTEGER NOT NULL DEFAULT 0,
    "reserved" INTEGER NOT NULL DEFAULT 0,
    "refused" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "DomainUse_pkey" PRIMARY KEY ("domain","hour","workspaceId")
);

CREATE INDEX "DomainUse_hour_idx" ON "DomainUse"("hour");

-- How often a check waited for our own limits: those waits are no attempts.
ALTER TABLE "Verification" ADD COLUMN "waits" INTEGER NOT NULL DEFAULT 0;
