-- Accounts that are to be deleted wait for seven days; their own workspaces stand still meanwhile, and all of it can be undone.
ALTER TABLE "User" ADD COLUMN "deletionAt" TIMESTAMP(3), ADD COLUMN "deletionReminded" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "Workspace" ADD COLUMN "closesAt" TIMESTAMP(3);
ALTER TABLE "BillingAccount" ADD COLUMN "heldForClosing" JSONB;

CREATE INDEX "User_deletionAt" ON "User"("deletionAt") WHERE "deletionAt" IS NOT NULL;

ALTER TABLE "AuthToken" DROP CONSTRAINT "AuthToken_purpose_known";
ALTER TABLE "AuthToken" ADD CONSTRAINT "AuthToken_purpose_known" CHECK ("purpose" IN ('reset_password', 'change_email', 'delete_account'));
