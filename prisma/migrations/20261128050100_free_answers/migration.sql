-- Answers that cost nothing though somebody was asked for them, by workspace and day: a plan allows so many a day.

-- CreateTable
CREATE TABLE "FreeAnswerDay" (
    "workspaceId" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "answers" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "FreeAnswerDay_pkey" PRIMARY KEY ("workspaceId","day")
);

-- AddForeignKey
ALTER TABLE "FreeAnswerDay" ADD CONSTRAINT "FreeAnswerDay_workspaceId_fkey" FOREIGN KEY ("workspaceId") REFERENCES "Workspace"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "FreeAnswerDay" ADD CONSTRAINT "FreeAnswerDay_answers_check" CHECK ("answers" >= 0);

-- The closed words for why a list is paused, with a new one.
ALTER TABLE "List" ADD CONSTRAINT "List_pauseReason_check"
  CHECK ("pauseReason" IN ('by_customer', 'out_of_credits', 'cap_reached', 'closing', 'free_answers_used'));
