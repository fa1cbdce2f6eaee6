-- Whether whoever made a list is mailed when it ends.

-- AlterTable
ALTER TABLE "List" ADD COLUMN "mailOnEnd" BOOLEAN NOT NULL DEFAULT true;
