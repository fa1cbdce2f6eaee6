-- What all workers share about their sending identities and the domains they probe, and what customers tell of their mail.
CREATE TABLE "IdentityHealth" (
    "identity" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "pace" DOUBLE PRECISION NOT NULL DEFAULT 1,
    "slowedAt" TIMESTAMP(3),
    "windowAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "answered" INTEGER NOT NULL DEFAULT 0,
    "refused" INTEGER NOT NULL DEFAULT 0,
    "restsUntil" TIMESTAMP(3),
    "rests" INTEGER NOT NULL DEFAULT 0,
    "lastRefusalAt" TIMESTAMP(3),
    "lastRefusal" TEXT,
    "updatedAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "IdentityHealth_pkey" PRIMARY KEY ("identity", "provider")
);

CREATE INDEX "IdentityHealth_updatedAt_idx" ON "IdentityHealth"("updatedAt");

CREATE TABLE "DomainProbePair" (
    "domain" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "puts" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "DomainProbePair_pkey" PRIMARY KEY ("domain", "day")
);

CREATE INDEX "DomainProbePair_day_idx" ON "DomainProbePair"("day");

CREATE TABLE "Feedback" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "verificationId" TEXT,
    "addressKey" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "reason" TEXT,
    "score" INTEGER,
    "outcome" TEXT NOT NULL,
    "smtpCode" INTEGER,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Feedback_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "Feedback_workspaceId_addressKey_outcome_key" ON "Feedback"("workspaceId", "addressKey", "outcome");

CREATE INDEX "Feedback_workspaceId_id_idx" ON "Feedback"("workspaceId", "id" DESC);

ALTER TABLE "Feedback" ADD CONSTRAINT "Feedback_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;
