-- What a list was charged is what its tallies say, and what its chunks may still charge is what these say: neither is counted a second
-- time beside the list.
ALTER TABLE "List" DROP CONSTRAINT "List_counts_check";
ALTER TABLE "List" DROP COLUMN "captured", DROP COLUMN "reserved";
ALTER TABLE "List" ADD CONSTRAINT "List_counts_check" CHECK ("released" >= 0 AND "processed" >= 0 AND "processed" <= "unique");
ALTER TABLE "ListTally" ADD CONSTRAINT "ListTally_counts_check" CHECK ("rows" >= 0 AND "credits" >= 0 AND "credits" <= "rows") NOT VALID;
