-- A sign-up is no account until its address is confirmed: it waits here with its password and the browser it came from.
CREATE TABLE "SignUp" (
    "id" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "passwordHash" TEXT NOT NULL,
    "browserHash" TEXT NOT NULL,
    "callbackPath" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMP(3) NOT NULL,
    "usedAt" TIMESTAMP(3),
    CONSTRAINT "SignUp_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "SignUp_email_lower" CHECK ("email" = lower("email"))
);
CREATE INDEX "SignUp_email_createdAt_idx" ON "SignUp"("email", "createdAt");
CREATE INDEX "SignUp_expiresAt_idx" ON "SignUp"("expiresAt");

-- Accounts that nobody confirmed hold a password of whoever typed the address. Nothing could be done with them; they sign up again.
DELETE FROM "Workspace" w WHERE EXISTS (
    SELECT 1 FROM "Membership" m JOIN "User" u ON u."id" = m."userId" WHERE m."workspaceId" = w."id" AND u."emailVerified" IS NULL
  ) AND NOT EXISTS (
    SELECT 1 FROM "Membership" m JOIN "User" u ON u."id" = m."userId" WHERE m."workspaceId" = w."id" AND u."emailVerified" IS NOT NULL);
DELETE FROM "User" WHERE "emailVerified" IS NULL;
DELETE FROM "AuthToken" WHERE "purpose" = 'verify_email';
ALTER TABLE "User" ALTER COLUMN "emailVerified" SET DEFAULT CURRENT_TIMESTAMP, ALTER COLUMN "emailVerified" SET NOT NULL;
ALTER TABLE "AuthToken" ADD CONSTRAINT "AuthToken_purpose_known" CHECK ("purpose" IN ('reset_password', 'change_email'));
