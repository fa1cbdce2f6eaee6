-- A catch-all answer has a grade, and what it rests on. In rows of lists the grade is said by the number of the reason (10 uncertain, 16
-- likely, 17 unlikely); answers from before read as uncertain, without a basis.
ALTER TABLE "ListResult" ADD COLUMN "gradeBasis" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "Verification" ADD COLUMN "grade" TEXT, ADD COLUMN "gradeBasis" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "Verification" ADD CONSTRAINT "Verification_grade_known" CHECK ("grade" IN ('likely', 'uncertain', 'unlikely')) NOT VALID;

-- What an outcome says of other addresses of the domain: the domain as a keyed hash, like the address, and how the name is written. And the
-- grade that it is held against. Outcomes from before have none: of them only a hash of the address is kept.
ALTER TABLE "Feedback" ADD COLUMN "domainKey" TEXT, ADD COLUMN "nameShape" TEXT, ADD COLUMN "grade" TEXT;
ALTER TABLE "Feedback"
  ADD CONSTRAINT "Feedback_grade_known" CHECK ("grade" IN ('likely', 'uncertain', 'unlikely')),
  ADD CONSTRAINT "Feedback_nameShape_known" CHECK ("nameShape" IN ('first.last', 'first_last', 'first-last', 'last.first', 'last_first',
    'last-first', 'f.last', 'f_last', 'f-last', 'last.f', 'last_f', 'last-f', 'first.l', 'first_l', 'first-l', 'first.middle.last',
    'first_middle_last', 'first-middle-last', 'first', 'last', 'firstlast', 'firstl', 'flast'));
CREATE INDEX "Feedback_workspaceId_domainKey_createdAt_idx" ON "Feedback" ("workspaceId", "domainKey", "createdAt" DESC);

-- ---- what Prisma's schema can't say ----

-- The names known to exist at a domain, newest first, however many answers about it said nothing of the kind.
CREATE INDEX "ListResult_known_names" ON "ListResult" ("workspaceId", "domain", "checkedAt" DESC) WHERE "reason" = 1;
CREATE INDEX "Verification_known_names" ON "Verification"
    ("workspaceId", lower(substring(COALESCE("normalized", "email") from '[^@]*$') COLLATE "C"), "id" COLLATE "C" DESC)
    WHERE "reason" = 'mailbox_exists';
