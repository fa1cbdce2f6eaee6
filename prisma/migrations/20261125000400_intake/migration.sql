-- Why a row of a file was rejected, and how far the reading of a file has come.
-- AlterTable
ALTER TABLE "ListRow" ADD COLUMN "problem" SMALLINT;

-- AlterTable
ALTER TABLE "List" ADD COLUMN "parsedBytes" BIGINT NOT NULL DEFAULT 0;
