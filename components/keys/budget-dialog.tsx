'use client';

import { useEffect, useState } from 'react';
import { toast } from 'sonner';
import { Button } from '@/components/ui/button';
import { useServerAction } from '@/components/ui/connection/reach';
import { Dialog } from '@/components/ui/dialog';
import type { ApiKeyView } from '@/lib/accounts/rules/keys';
import { problemOf } from '@/lib/platform/form-state';
import { formatCount } from '@/lib/platform/numbers';
import { BudgetField } from './budget-field';
import type { ChangeBudgetAction } from './key-actions';

/** Changes a key's monthly budget. */
export function BudgetDialog({ apiKey, change }: { apiKey: ApiKeyView; change: ChangeBudgetAction }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Dialog
      title={`Budget of ${apiKey.name}`}
      description={`${formatCount(apiKey.spentThisMonth)} credits spent this month.`}
      open={isOpen}
      onOpenChange={setIsOpen}
      trigger={
        <Button variant="secondary" size="sm">
          Budget
          <span className="sr-only"> of {apiKey.name}</span>
        </Button>
      }
    >
      <BudgetForm apiKey={apiKey} change={change} onDone={() => setIsOpen(false)} />
    </Dialog>
  );
}

function BudgetForm({ apiKey, change, onDone }: { apiKey: ApiKeyView; change: ChangeBudgetAction; onDone: () => void }) {
  const { state, isBusy, onSubmit } = useServerAction(change);
  useEffect(() => {
    if (state.status !== 'done') return;
    toast.success(`The budget of ${apiKey.name} is changed.`);
    onDone();
  }, [state, apiKey.name, onDone]);
  return (
    <form onSubmit={onSubmit} className="flex flex-col gap-4">
      <input type="hidden" name="id" value={apiKey.id} />
      <BudgetField id={`budget-${apiKey.id}`} budget={apiKey.monthlyBudget} error={problemOf(state)} />
      <div className="flex justify-end">
        <Button type="submit" loading={isBusy}>
          Save the budget
        </Button>
      </div>
    </form>
  );
}
