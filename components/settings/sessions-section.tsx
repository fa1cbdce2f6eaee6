'use client';

import { MonitorSmartphone } from 'lucide-react';
import Link from 'next/link';
import { toast } from 'sonner';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { ConfirmDialog } from '@/components/ui/dialog';
import { RelativeTime } from '@/components/ui/relative-time';
import type { SessionView } from '@/lib/accounts/rules/account';
import { problemOf, type ButtonAction } from '@/lib/platform/form-state';

interface SessionsSectionProps {
  sessions: readonly SessionView[];
  endAction: ButtonAction<string>;
  endAllAction: ButtonAction<void>;
}

/** Where the person is signed in, with a button to end each session. */
export function SessionsSection({ sessions, endAction, endAllAction }: SessionsSectionProps) {
  return (
    <Card
      title="Sessions"
      description="Where you are signed in. Sign out a device that you lost or don’t recognize."
      footer={
        <Link href="/settings/access" className="text-accent underline underline-offset-2">
          Review API keys, webhooks and linked sign-ins
        </Link>
      }
      actions={
        <ConfirmDialog
          title="Sign out everywhere?"
          description="All of your sessions end at once, this one too. API keys keep working."
          confirmLabel="Sign out everywhere"
          keepLabel="Stay signed in"
          trigger={
            <Button variant="secondary" size="sm">
              Sign out everywhere
            </Button>
          }
          onConfirm={async () => {
            await endAllAction();
          }}
        />
      }
    >
      <ul aria-label="Sessions" className="flex flex-col divide-y divide-hairline">
        {sessions.map((session) => (
          <SessionRow key={session.id} session={session} endAction={endAction} />
        ))}
      </ul>
    </Card>
  );
}

function SessionRow({ session, endAction }: { session: SessionView; endAction: SessionsSectionProps['endAction'] }) {
  const end = async () => {
    const problem = problemOf(await endAction(session.id));
    if (problem === null) toast.success(`${session.device} is signed out.`);
    else toast.error(problem);
  };
  return (
    <li className="flex items-center gap-3 py-3 first:pt-0 last:pb-0">
      <MonitorSmartphone aria-hidden="true" className="size-4 shrink-0 text-muted" />
      <div className="min-w-0 flex-1">
        <p className="text-body">
          {session.device}
          {session.isCurrent && (
            <span className="ml-2 rounded-control bg-sunken px-1.5 py-0.5 text-meta font-medium text-muted">This device</span>
          )}
        </p>
        <p className="text-table text-muted">
          {session.isCurrent ? (
            'Active now'
          ) : (
            <>
              Last active <RelativeTime iso={session.lastSeenAt} />
            </>
          )}
          {' · signed in '}
          <RelativeTime iso={session.createdAt} />
        </p>
      </div>
      {!session.isCurrent && (
        <ConfirmDialog
          title={`Sign out ${session.device}?`}
          description="This session ends at once. The device has to sign in again."
          confirmLabel="Sign out"
          keepLabel="Keep it signed in"
          trigger={
            <Button variant="secondary" size="sm">
              Sign out
              <span className="sr-only"> {session.device}</span>
            </Button>
          }
          onConfirm={end}
        />
      )}
    </li>
  );
}
