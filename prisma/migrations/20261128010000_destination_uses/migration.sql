-- What each destination was asked within an hour, over all workers: an IP address, or its network.
CREATE TABLE "DestinationUse" (
    "destination" TEXT NOT NULL,
    "hour" TIMESTAMP(3) NOT NULL,
    "connections" INTEGER NOT NULL DEFAULT 0,
    "recipients" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "DestinationUse_pkey" PRIMARY KEY ("destination","hour")
);

CREATE INDEX "DestinationUse_hour_idx" ON "DestinationUse"("hour");
