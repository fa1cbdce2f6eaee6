'use client';

import { useEffect, useState } from 'react';
import { toast } from 'sonner';
import { Button } from '@/components/ui/button';
import { useServerAction } from '@/components/ui/connection/reach';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { problemOf, type FormAction } from '@/lib/platform/form-state';

interface LowMarkProps {
  /** The chosen mark; null for the plan's default. */
  chosen: number | null;
  change: FormAction;
}

/** Sets the balance below which the workspace is told that few credits are left. */
export function LowMarkDialog(props: LowMarkProps) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Dialog
      title="When credits run low"
      description="Owners get an email, and webhooks the event credits.low, each time the balance falls below this mark."
      open={isOpen}
      onOpenChange={setIsOpen}
      trigger={
        <Button variant="secondary" size="sm">
          Change
          <span className="sr-only"> when you are told that credits run low</span>
        </Button>
      }
    >
      <LowMarkForm {...props} onDone={() => setIsOpen(false)} />
    </Dialog>
  );
}

function LowMarkForm({ chosen, change, onDone }: LowMarkProps & { onDone: () => void }) {
  const { state, isBusy, onSubmit } = useServerAction(change);
  useEffect(() => {
    if (state.status !== 'done') return;
    toast.success('The mark was changed.');
    onDone();
  }, [state, onDone]);
  return (
    <form onSubmit={onSubmit} className="flex flex-col gap-4">
      <Field
        label="Notify below this many credits"
        htmlFor="low-below"
        hint="0 switches it off. Leave it empty for a tenth of your plan’s monthly credits, or of your newest pack."
        error={problemOf(state)}
      >
        <Input
          id="low-below"
          name="lowBelow"
          inputMode="numeric"
          autoComplete="off"
          placeholder="A tenth"
          defaultValue={chosen ?? ''}
        />
      </Field>
      <div className="flex justify-end">
        <Button type="submit" loading={isBusy}>
          Save the mark
        </Button>
      </div>
    </form>
  );
}
