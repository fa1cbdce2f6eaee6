-- What DNS and the lists said of a domain when somebody asked the API for it. Belongs to nobody; kept for a day.
CREATE TABLE "DomainLookup" (
    "domain" TEXT NOT NULL,
    "facts" JSONB NOT NULL,
    "checkedAt" TIMESTAMP(3) NOT NULL,
    CONSTRAINT "DomainLookup_pkey" PRIMARY KEY ("domain")
);

CREATE INDEX "DomainLookup_checkedAt_idx" ON "DomainLookup"("checkedAt");
