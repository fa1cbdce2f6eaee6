-- The free monthly credits go once to each mailbox, whatever the spelling and however often an account is made with it. The row
-- outlives the workspace, so that there is nothing to gain from deleting one and signing up again.
CREATE TABLE "FreeCreditClaim" (
    "mailboxHash" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "month" TEXT NOT NULL,
    CONSTRAINT "FreeCreditClaim_pkey" PRIMARY KEY ("mailboxHash"),
    CONSTRAINT "FreeCreditClaim_month" CHECK ("month" ~ '^\d{4}-\d{2}$')
);
CREATE UNIQUE INDEX "FreeCreditClaim_workspaceId_key" ON "FreeCreditClaim"("workspaceId");

-- Whether a workspace gets them, and if not, why: its pages say so.
ALTER TABLE "Workspace" ADD COLUMN "freeCredits" TEXT NOT NULL DEFAULT 'pending';
ALTER TABLE "Workspace" ADD CONSTRAINT "Workspace_freeCredits_known"
  CHECK ("freeCredits" IN ('pending', 'given', 'temporary_mailbox', 'alias_service', 'mailbox_used', 'month_used'));
-- Those of before got this month's at sign-up; who may have the next is found out when it comes.
UPDATE "Workspace" SET "freeCredits" = 'given';
