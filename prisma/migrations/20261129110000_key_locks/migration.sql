-- Where a key may be used from, and the secret that a rotation replaced, which works for some hours more.
ALTER TABLE "ApiKey"
  ADD COLUMN "allowedIps" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[],
  ADD COLUMN "allowedOrigins" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[],
  ADD COLUMN "oldKeyHash" TEXT,
  ADD COLUMN "oldEndsAt" TIMESTAMP(3),
  ADD CONSTRAINT "ApiKey_old_secret_ends" CHECK (("oldKeyHash" IS NULL) = ("oldEndsAt" IS NULL)),
  ADD CONSTRAINT "ApiKey_public_is_locked" CHECK ("mode" <> 'pub' OR cardinality("allowedOrigins") > 0) NOT VALID;

CREATE UNIQUE INDEX "ApiKey_oldKeyHash_key" ON "ApiKey"("oldKeyHash");

-- The last requests of each key, without queries and bodies.
CREATE TABLE "ApiRequest" (
    "id" TEXT NOT NULL,
    "workspaceId" TEXT NOT NULL,
    "apiKeyId" TEXT NOT NULL,
    "method" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "status" INTEGER NOT NULL,
    "durationMs" INTEGER NOT NULL,
    "at" TIMESTAMP(3) NOT NULL,
    CONSTRAINT "ApiRequest_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "ApiRequest_apiKeyId_id_idx" ON "ApiRequest"("apiKeyId", "id" DESC);

ALTER TABLE "ApiRequest" ADD CONSTRAINT "ApiRequest_apiKeyId_fkey" FOREIGN KEY ("apiKeyId") REFERENCES "ApiKey"("id") ON DELETE CASCADE ON UPDATE CASCADE;
