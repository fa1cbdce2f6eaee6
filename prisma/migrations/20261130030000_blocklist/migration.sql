-- Addresses and domains that a workspace never wants asked about.
CREATE TABLE "BlocklistEntry" (
  "workspaceId" TEXT NOT NULL,
  "entry" TEXT NOT NULL,
  "createdAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

  CONSTRAINT "BlocklistEntry_pkey" PRIMARY KEY ("workspaceId", "entry"),
  CONSTRAINT "BlocklistEntry_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE INDEX "BlocklistEntry_workspaceId_createdAt_entry_idx" ON "BlocklistEntry" ("workspaceId", "createdAt" DESC, "entry");
