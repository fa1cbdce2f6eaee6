-- The first rows of a file as they are, instead of a few cells of each column, which are of different rows.
-- AlterTable
ALTER TABLE "List" ADD COLUMN "preview" JSONB NOT NULL DEFAULT '[]';

UPDATE "List" l SET "columns" = (
  SELECT COALESCE(jsonb_agg(c - 'samples' ORDER BY "at"), '[]') FROM jsonb_array_elements(l."columns") WITH ORDINALITY AS t (c, "at"))
WHERE l."columns" <> '[]';
