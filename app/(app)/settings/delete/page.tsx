import type { Metadata } from 'next';
import { DeletionForm } from '@/components/settings/deletion-form';
import { LossList } from '@/components/settings/loss-list';
import { Card } from '@/components/ui/card';
import { Breadcrumb } from '@/components/ui/breadcrumb';
import { PageHeader } from '@/components/ui/page-header';
import { findSignedInUser, requireSession } from '@/lib/accounts/web/session';
import { DELETION_WAIT_DAYS } from '@/lib/platform/limits';
import { describeClosing } from '@/lib/dashboard/dashboard';
import { deleteAccountAction, keepAccountAction } from './_actions';
import { ActionForm } from '@/components/billing/action-form';
import { Alert } from '@/components/ui/alert';
import { LocalTime } from '@/components/ui/local-time';
import type { FormAction } from '@/lib/platform/form-state';

export const metadata: Metadata = { title: 'Delete your account' };

export default async function DeleteAccountPage() {
  const { userId, email } = await requireSession();
  const [{ deletionAt, losses }, user] = await Promise.all([describeClosing(userId), findSignedInUser()]);
  return (
    <>
      <Breadcrumb parent={{ href: '/settings', label: 'Settings' }} here="Delete your account" />
      <PageHeader title="Delete your account" description={`You have ${DELETION_WAIT_DAYS} days to change your mind.`} />
      <div className="flex max-w-3xl flex-col gap-6">
        {deletionAt !== null && <DeletionScheduled at={deletionAt} action={keepAccountAction} />}
        <Card title="What will be deleted">
          <LossList email={email} losses={losses} />
        </Card>
        {deletionAt === null && <DeletionForm hasPassword={user?.hasPassword ?? false} action={deleteAccountAction} />}
      </div>
    </>
  );
}

/** The account is scheduled for deletion and can still be kept. */
function DeletionScheduled({ at, action }: { at: string; action: FormAction }) {
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
