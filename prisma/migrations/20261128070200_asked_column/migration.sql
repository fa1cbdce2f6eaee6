-- The column with the addresses, as a client named it with its upload.
-- AlterTable
ALTER TABLE "List" ADD COLUMN "askedColumn" TEXT;
