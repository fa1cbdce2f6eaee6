-- How many rows of a file hold several addresses, each of which is a row of the list.
-- AlterTable
ALTER TABLE "List" ADD COLUMN "severalAddresses" INTEGER NOT NULL DEFAULT 0;
