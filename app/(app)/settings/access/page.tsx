import type { Metadata } from 'next';
import { AccessReviewForm } from '@/components/settings/access-review-form';
import { EndedSessions } from '@/components/settings/ended-sessions';
import { Alert } from '@/components/ui/alert';
import { Breadcrumb } from '@/components/ui/breadcrumb';
import { PageHeader } from '@/components/ui/page-header';
import { RelativeTime } from '@/components/ui/relative-time';
import { searchParam, type SearchParams } from '@/lib/platform/http/body';
import { requireSession } from '@/lib/accounts/web/session';
import { getAccessReview } from '@/lib/accounts/password-change';
import { webhookAccess } from '@/lib/webhooks/endpoints';
import { revokeAccessAction } from './_actions';

export const metadata: Metadata = { title: 'Review access' };

const NOTICES: ReadonlyMap<string, string> = new Map([
  ['reset', 'Your new password is saved, and you are signed in on this device.'],
  ['change', 'Your new password is saved. You stay signed in on this device.'],
]);

export default async function AccessPage({ searchParams }: { searchParams: SearchParams }) {
  const session = await requireSession();
  const { passwordChangedAt, endedSessions, items } = await getAccessReview(session, webhookAccess);
  const notice = NOTICES.get((await searchParam(searchParams, 'after')) ?? '');
  const description =
    passwordChangedAt === null ? (
      'What can use your account besides your password.'
    ) : (
      <>
        You changed your password <RelativeTime iso={passwordChangedAt} />. What was made before then keeps working until you
        revoke it.
      </>
    );
  return (
    <>
      <Breadcrumb parent={{ href: '/settings', label: 'Settings' }} here="Review access" />
      <PageHeader title="Review access" description={description} />
      <div className="flex max-w-3xl flex-col gap-6">
        {notice !== undefined && <Alert tone="success">{notice}</Alert>}
        {passwordChangedAt !== null && <EndedSessions sessions={endedSessions} />}
        <AccessReviewForm items={items} isBefore={passwordChangedAt !== null} revoke={revokeAccessAction} />
      </div>
    </>
  );
}
