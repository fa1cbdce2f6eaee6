-- What the page of a running list needs: a number for each state of it, scores beside the counts, and indexes for a search that does
-- not mind capitals, for the domains that take no mail, and for the repetitions of a row.

-- AlterTable
ALTER TABLE "List" ADD COLUMN "version" INTEGER NOT NULL DEFAULT 0;

-- How many of the counted rows have a score, and the sum of these.
-- AlterTable
ALTER TABLE "ListTally" ADD COLUMN "scored" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN "scoreSum" INTEGER NOT NULL DEFAULT 0;

-- DropIndex
DROP INDEX "ListResult_listId_provider_reason_email_n_idx";

-- DropIndex
DROP INDEX "ListResult_listId_email_n_idx";

-- The beginning of an address, whatever its capitals; in all of a list, and within a provider and a reason.
CREATE INDEX "ListResult_address" ON "ListResult" ("listId", lower("email"), "n");
CREATE INDEX "ListResult_provider_reason_address" ON "ListResult" ("listId", "provider", "reason", lower("email"), "n");
-- domain_not_found, no_mx, null_mx, mx_unroutable: counted by domain without looking at a row.
CREATE INDEX "ListResult_dead_domain" ON "ListResult" ("listId", "domain") WHERE "reason" BETWEEN 24 AND 27;
-- Few rows repeat another.
CREATE INDEX "ListRow_first" ON "ListRow" ("listId", "first", "n") WHERE "first" IS NOT NULL;

-- Every change of a list has a number of its own, so that whoever follows it knows what was seen already.
CREATE FUNCTION list_count_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."version" := OLD."version" + 1;
  RETURN NEW;
END
$$;
CREATE TRIGGER "List_count_version" BEFORE UPDATE ON "List" FOR EACH ROW EXECUTE FUNCTION list_count_version();
