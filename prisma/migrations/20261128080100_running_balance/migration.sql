-- Every entry of the ledger knows its place and the balance after it. Both are set by the database while it holds the lock of the
-- workspace's balance, so the places of a workspace are in the order in which its balance changed, whoever made the ids and when.
CREATE SEQUENCE "CreditEntry_seq_seq";

ALTER TABLE "CreditEntry" ADD COLUMN "seq" BIGINT, ADD COLUMN "balanceAfter" INTEGER;
-- Of a list's hold: how often it was charged, and the place of its last charge. The ledger's page shows it as one line there.
ALTER TABLE "CreditHold" ADD COLUMN "captures" INTEGER NOT NULL DEFAULT 0, ADD COLUMN "lastSeq" BIGINT;

-- Append-only is for the living; columns that did not exist are filled once.
ALTER TABLE "CreditEntry" DISABLE TRIGGER "CreditEntry_append_only";
UPDATE "CreditEntry" e SET "seq" = o."seq", "balanceAfter" = o."balance"
FROM (
    SELECT "id", row_number() OVER (ORDER BY "id") AS "seq", SUM("amount") OVER (PARTITION BY "workspaceId" ORDER BY "id") AS "balance"
    FROM "CreditEntry"
) o WHERE o."id" = e."id";
ALTER TABLE "CreditEntry" ENABLE TRIGGER "CreditEntry_append_only";
SELECT setval('"CreditEntry_seq_seq"', COALESCE((SELECT MAX("seq") FROM "CreditEntry"), 0) + 1, false);

UPDATE "CreditHold" h SET "captures" = c."captures", "lastSeq" = c."lastSeq"
FROM (SELECT "holdId", COUNT(*)::int AS "captures", MAX("seq") AS "lastSeq" FROM "CreditEntry" WHERE "kind" = 'capture' GROUP BY "holdId") c
WHERE h."id" = c."holdId";

ALTER TABLE "CreditEntry" ALTER COLUMN "seq" SET NOT NULL, ALTER COLUMN "balanceAfter" SET NOT NULL;

-- Pages are in the order of places now.
DROP INDEX "CreditEntry_workspaceId_id_idx";
DROP INDEX "CreditEntry_workspaceId_kind_id_idx";
CREATE UNIQUE INDEX "CreditEntry_workspaceId_seq_key" ON "CreditEntry" ("workspaceId", "seq" DESC);
CREATE INDEX "CreditEntry_workspaceId_kind_seq_idx" ON "CreditEntry" ("workspaceId", "kind", "seq" DESC);
-- The folded ledger: what is not a list's charge, and lists by their last charge; and the charges of one list.
CREATE INDEX "CreditEntry_folded" ON "CreditEntry" ("workspaceId", "seq" DESC)
    WHERE NOT ("kind" = 'capture' AND "causeType" = 'list' AND "holdId" IS NOT NULL);
CREATE INDEX "CreditEntry_of_list" ON "CreditEntry" ("holdId", "seq" DESC)
    WHERE "kind" = 'capture' AND "causeType" = 'list' AND "holdId" IS NOT NULL;
CREATE INDEX "CreditHold_folded" ON "CreditHold" ("workspaceId", "lastSeq" DESC) WHERE "causeType" = 'list' AND "lastSeq" IS NOT NULL;

-- A writer that also changes the balance does so after its entry, from what the entry returns.
CREATE FUNCTION credit_entry_takes_place() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before INTEGER;
BEGIN
    SELECT "balance" INTO before FROM "CreditBalance" WHERE "workspaceId" = NEW."workspaceId" FOR UPDATE;
    NEW."seq" := nextval('"CreditEntry_seq_seq"');
    NEW."balanceAfter" := COALESCE(before, 0) + NEW."amount";
    RETURN NEW;
END
$$;
CREATE TRIGGER "CreditEntry_takes_place" BEFORE INSERT ON "CreditEntry" FOR EACH ROW EXECUTE FUNCTION credit_entry_takes_place();

-- At the end of the transaction the last entry's balance is the balance: whoever books an entry without it, or it without an entry, is
-- refused. The balance's row is locked until then, so nobody else's entry can be the last.
CREATE FUNCTION credit_entry_agrees() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    now_is INTEGER;
    last_is INTEGER;
BEGIN
    SELECT "balance" INTO now_is FROM "CreditBalance" WHERE "workspaceId" = NEW."workspaceId";
    SELECT "balanceAfter" INTO last_is FROM "CreditEntry" WHERE "workspaceId" = NEW."workspaceId" ORDER BY "seq" DESC LIMIT 1;
    IF now_is <> last_is THEN
        RAISE EXCEPTION 'the balance % does not follow from the last entry of the ledger, %', now_is, last_is;
    END IF;
    RETURN NULL;
END
$$;
CREATE CONSTRAINT TRIGGER "CreditEntry_agrees" AFTER INSERT ON "CreditEntry" DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION credit_entry_agrees();

ALTER TABLE "CreditHold" ADD CONSTRAINT "CreditHold_captures" CHECK (("captures" = 0) = ("lastSeq" IS NULL) AND "captures" >= 0);
