import { ActionForm } from '@/components/billing/action-form';
import { Alert } from '@/components/ui/alert';
import { LocalTime } from '@/components/ui/local-time';
import type { FormAction } from '@/lib/platform/form-state';

/** The account waits for its end, and can be kept. */
export function DeletionScheduled({ at, action }: { at: string; action: FormAction }) {
  return (
    <Alert
      tone="warning"
      title={
        <>
          Your account will be deleted on <LocalTime iso={at} show="date" />
        </>
      }
      actions={<ActionForm action={action}>Keep my account</ActionForm>}
    >
      API keys are off and lists are paused. If you keep the account, they resume.
    </Alert>
  );
}
