-- What a request is going to make has its id before the work starts, so that a retry after a crash finds it again; and the
-- moment at which the running attempt began, so that a retry knows when nobody works on it any more.
ALTER TABLE "IdempotencyRecord" ADD COLUMN "resourceId" TEXT;
ALTER TABLE "IdempotencyRecord" ADD COLUMN "startedAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;
