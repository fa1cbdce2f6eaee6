import type { Metadata } from 'next';
import Link from 'next/link';
import { DeleteAccountSection } from '@/components/settings/delete-account-section';
import { EmailSection } from '@/components/settings/email-section';
import { PasswordSection } from '@/components/settings/password-section';
import { ProfileSection } from '@/components/settings/profile-section';
import { SessionsSection } from '@/components/settings/sessions-section';
import { WorkspaceSection } from '@/components/settings/workspace-section';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { PageHeader } from '@/components/ui/page-header';
import { findSignedInUser, requireSession } from '@/lib/accounts/web/session';
import { listSessions } from '@/lib/accounts/sign-in';
import { getPolicy, isOwner } from '@/lib/accounts/workspaces';
import {
  changeEmailAction,
  changeNameAction,
  changePasswordAction,
  changeWorkspaceAction,
  endSessionAction,
  mailPasswordLinkAction,
  signOutEverywhereAction,
} from './_actions';

export const metadata: Metadata = { title: 'Settings' };

export default async function SettingsPage() {
  const { scope, userId, sessionId, email, name, workspaceName } = await requireSession();
  const hasPassword = (await findSignedInUser())?.hasPassword ?? false;
  const [sessions, policy, mayChange] = await Promise.all([
    listSessions(userId, sessionId),
    getPolicy(scope),
    isOwner(scope, userId),
  ]);
  return (
    <>
      <PageHeader title="Settings" description="Your account, and the workspace it works in." />
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
        <WorkspaceSection name={workspaceName} policy={policy} mayChange={mayChange} action={changeWorkspaceAction} />
        <Card title="Blocklist" description={`Addresses and domains that are never verified for ${workspaceName}.`}>
          <Button asChild variant="secondary">
            <Link href="/settings/blocklist">Open the blocklist</Link>
          </Button>
        </Card>
        <DeleteAccountSection workspaceName={workspaceName} />
      </div>
    </>
  );
}
