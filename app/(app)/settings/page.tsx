import type { Metadata } from 'next';
import { DeleteAccountSection } from '@/components/settings/delete-account-section';
import { EmailSection } from '@/components/settings/email-section';
import { PasswordSection } from '@/components/settings/password-section';
import { ProfileSection } from '@/components/settings/profile-section';
import { SessionsSection } from '@/components/settings/sessions-section';
import { PageHeader } from '@/components/ui/page-header';
import { findSignedInUser, requireSession } from '@/lib/accounts/web/session';
import { listSessions } from '@/lib/accounts/sign-in';
import {
  changeEmailAction,
  changeNameAction,
  changePasswordAction,
  endSessionAction,
  mailPasswordLinkAction,
  signOutEverywhereAction,
} from './_actions';

export const metadata: Metadata = { title: 'Settings' };

export default async function SettingsPage() {
  const { userId, sessionId, email, name, workspaceName } = await requireSession();
  const hasPassword = (await findSignedInUser())?.hasPassword ?? false;
  const sessions = await listSessions(userId, sessionId);
  return (
    <>
      <PageHeader title="Settings" description="Your account. It belongs to you, not to the workspace." />
      <div className="flex max-w-3xl flex-col gap-6">
        <ProfileSection name={name ?? ''} action={changeNameAction} />
        <EmailSection email={email} hasPassword={hasPassword} action={changeEmailAction} />
        <PasswordSection
          email={email}
          hasPassword={hasPassword}
          changeAction={changePasswordAction}
          mailLinkAction={mailPasswordLinkAction}
        />
        <SessionsSection sessions={sessions} endAction={endSessionAction} endAllAction={signOutEverywhereAction} />
        <DeleteAccountSection workspaceName={workspaceName} />
      </div>
    </>
  );
}
