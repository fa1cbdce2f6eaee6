'use client';

import { useState } from 'react';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { useFormAction } from '@/components/auth/use-form-action';
import { TYPE_NAME_FROM_ROWS } from '@/lib/platform/limits';
import type { ListView } from '@/lib/lists/rules/view';
import type { FormAction } from '@/lib/platform/form-state';
import { formatCount } from '@/lib/platform/numbers';

interface DeleteListProps {
  list: ListView;
  action: FormAction;
}

/** Asks before the rows are deleted permanently. For a large list, its name must be typed. */
export function DeleteListDialog({ list, action }: DeleteListProps) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Dialog
      title="Delete the rows now?"
      open={isOpen}
      onOpenChange={setIsOpen}
      description={`${formatCount(list.quote?.rows ?? 0)} rows with their verdicts and evidence will be deleted for good. The totals and the charges stay on record.`}
      trigger={
        <Button variant="secondary" size="sm">
          Delete the rows now
        </Button>
      }
    >
      <DeleteForm list={list} action={action} keep={() => setIsOpen(false)} />
    </Dialog>
  );
}

function DeleteForm({ list, action, keep }: DeleteListProps & { keep: () => void }) {
  const { state, formProps, isPending } = useFormAction(action);
  return (
    <form {...formProps} className="flex flex-col gap-4">
      {state.message !== null && <Alert tone="danger">{state.message}</Alert>}
      <input type="hidden" name="listId" value={list.id} />
      {(list.quote?.rows ?? 0) >= TYPE_NAME_FROM_ROWS && (
        <Field
          label={
            <>
              Type <span className="font-mono break-all">{list.name}</span> to confirm
            </>
          }
          htmlFor="typed-name"
          error={state.fields.typedName}
        >
          <Input id="typed-name" name="typedName" autoComplete="off" required />
        </Field>
      )}
      <div className="flex justify-end gap-2">
        <Button variant="secondary" onClick={keep}>
          Keep them
        </Button>
        <Button type="submit" variant="danger" loading={isPending}>
          Delete the rows
        </Button>
      </div>
    </form>
  );
}
