-- A host may take made-up names behind others and refuse them first in a session. What was found before is taken as it was believed then.
ALTER TABLE "DomainFact" ADD COLUMN "isBySession" BOOLEAN NOT NULL DEFAULT false;
