-- The budget of which the event `budget.exceeded` was told in this month; null: of none.
ALTER TABLE "ApiKeyMonth" ADD COLUMN "toldBudget" INTEGER;
