-- "Did I verify this address, when, and what was said?" is answered from single checks and rows of lists alike, by mailbox, by the
-- beginning of an address and by domain: each from an index in the order of its pages.

-- Of an address in a list, where another spelling reaches the same mailbox; null where it is the address itself.
ALTER TABLE "ListResult" ADD COLUMN "canonical" TEXT COLLATE "C";

-- The same look-ups, whatever the capitals, and the beginnings of addresses as well.
DROP INDEX "ListResult_workspaceId_email_checkedAt_idx";
CREATE INDEX "ListResult_history_address" ON "ListResult" ("workspaceId", lower("email"), "checkedAt" DESC);
CREATE INDEX "ListResult_history_canonical" ON "ListResult" ("workspaceId", "canonical", "checkedAt" DESC) WHERE "canonical" IS NOT NULL;
CREATE INDEX "ListResult_workspaceId_domain_checkedAt_idx" ON "ListResult" ("workspaceId", "domain", "checkedAt" DESC);

-- Ids in plain order: the primary key has another collation, so it can't be taken for a page of a workspace that has few rows, or old
-- ones, among many of others.
DROP INDEX "Verification_workspaceId_id_idx";
DROP INDEX "Verification_workspaceId_status_id_idx";
CREATE INDEX "Verification_history" ON "Verification" ("workspaceId", "id" COLLATE "C" DESC);
CREATE INDEX "Verification_history_status" ON "Verification" ("workspaceId", "status", "id" COLLATE "C" DESC);
CREATE INDEX "Verification_history_reason" ON "Verification" ("workspaceId", "reason", "id" COLLATE "C" DESC);
CREATE INDEX "Verification_history_canonical" ON "Verification" ("workspaceId", "canonical", "id" COLLATE "C" DESC);
-- Until a check is answered it has no normal form.
CREATE INDEX "Verification_history_address" ON "Verification"
    ("workspaceId", lower(COALESCE("normalized", "email") COLLATE "C"), "id" COLLATE "C" DESC);
CREATE INDEX "Verification_history_domain" ON "Verification"
    ("workspaceId", lower(substring(COALESCE("normalized", "email") from '[^@]*$') COLLATE "C"), "id" COLLATE "C" DESC);
