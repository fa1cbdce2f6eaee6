-- A visitor's check that we could not finish is no answer, so the allowance gets it back: by the counters that it was taken from.

-- AlterTable
ALTER TABLE "Verification" ADD COLUMN "freeCounters" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[];
