-- One word for a domain that takes every name: catch_all, in reasons, flags and columns alike.
ALTER TABLE "DomainFact" RENAME COLUMN "acceptAll" TO "catchAll";

UPDATE "Verification" SET "reason" = 'catch_all' WHERE "reason" = 'accept_all';
UPDATE "Verification"
SET "flags" = "flags" - 'accept_all' || jsonb_build_object('catch_all', "flags" -> 'accept_all')
WHERE "flags" ? 'accept_all';
UPDATE "Feedback" SET "reason" = 'catch_all' WHERE "reason" = 'accept_all';
UPDATE "UsageDay" SET "reason" = 'catch_all' WHERE "reason" = 'accept_all';
