import type { Metadata } from 'next';
import { DeleteAccountSection } from '@/components/settings/delete-account-section';
import { EmailSection } from '@/components/settings/email-section';
import { PasswordSection } from '@/components/settings/password-section';
import { ProfileSection } from '@/components/settings/profile-section';
import { SessionsSection } from '@/components/settings/sessions-section';
import { PageHeader } from '@/components/ui/page-header';
import { findSignedInUser, requireSession } from '@/lib/auth/session';
import {
  changeEmailAction,
  changeNameAction,
  changePasswordAction,
  deleteAccountAction,
  mailPasswordLinkAction,
  signOutEverywhereAction,
} from './_actions';

export const metadata: Metadata = { title: 'Settings' };

export default async function SettingsPage() {
  const { email, name, workspaceName } = await requireSession();
  const hasPassword = (await findSignedInUser())?.hasPassword ?? false;
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
        <SessionsSection action={signOutEverywhereAction} />
        <DeleteAccountSection email={email} workspaceName={workspaceName} action={deleteAccountAction} />
      </div>
    </>
  );
}
