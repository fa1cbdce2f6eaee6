-- Each sign-in has a row of its own, so that it can be shown and ended on the server. Cookies from before name no row: everybody
-- signs in once more.
CREATE TABLE "UserSession" (
    "id" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "device" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastSeenAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expiresAt" TIMESTAMP(3) NOT NULL,
    "endedAt" TIMESTAMP(3),
    CONSTRAINT "UserSession_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "UserSession_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "UserSession_userId_endedAt_idx" ON "UserSession"("userId", "endedAt");
CREATE INDEX "UserSession_expiresAt_idx" ON "UserSession"("expiresAt");

-- Keys, webhooks and sessions from before a new password are offered for revoking.
ALTER TABLE "User" ADD COLUMN "passwordChangedAt" TIMESTAMP(3);
