'use client';

import { useState } from 'react';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/dialog';
import { LocalTime } from '@/components/ui/local-time';
import { IDLE_FORM, type FormAction } from '@/lib/platform/form-state';

/** Asks first, and says what is kept and until when. */
export function CancelPlan({ action, endsAt }: { action: FormAction; endsAt: string | null }) {
  const [problem, setProblem] = useState<string | null>(null);
  const cancel = async () => setProblem((await action(IDLE_FORM, new FormData())).message);
  return (
    <div className="flex flex-col gap-2">
      {problem !== null && <Alert tone="danger">{problem}</Alert>}
      <ConfirmDialog
        title="Cancel the plan?"
        description={
          <>
            It stays as it is{' '}
            {endsAt === null ? (
              'until the paid period is over'
            ) : (
              <>
                until <LocalTime iso={endsAt} show="date" />
              </>
            )}
            , and is not renewed. Then the workspace is on the Free plan. Credits from packs stay. Until that day you can undo
            this.
          </>
        }
        confirmLabel="Cancel plan"
        keepLabel="Keep plan"
        trigger={<Button variant="secondary">Cancel plan</Button>}
        onConfirm={cancel}
        danger
      />
    </div>
  );
}
