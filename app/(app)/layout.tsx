import { type ReactNode, Suspense } from 'react';
import { PastDueBanner } from '@/components/billing/past-due-banner';
import { DeletionBanner } from '@/components/settings/deletion-banner';
import { AppShell } from '@/components/shell/app-shell';
import { CreditsLeft } from '@/components/shell/credits-left';
import type { ExtraPage } from '@/components/shell/nav-items';
import { ResolverBanner } from '@/components/shell/resolver-banner';
import { ErrorBoundary } from '@/components/ui/error-boundary';
import { Skeleton } from '@/components/ui/skeleton';
import { getDeletionAt } from '@/lib/accounts/deletion';
import { requireSession, type Session } from '@/lib/accounts/web/session';
import { findPastDue } from '@/lib/billing/upkeep';
import { getBalance } from '@/lib/credits/balance';
import { findResolverNotice, isOperator } from '@/lib/operator/operator';
import { env } from '@/lib/platform/env';
import type { Scope } from '@/lib/platform/scope';

export const metadata = { robots: { index: false, follow: false } };

export default async function AppLayout({ children }: { children: ReactNode }) {
  const session = await requireSession();
  return (
    <AppShell
      workspaceName={session.workspaceName}
      user={{ name: session.name, email: session.email }}
      extraPages={await extraPagesOf(session)}
      notice={
        <ErrorBoundary inline message="">
          <Suspense>
            <DeletionNotice userId={session.userId} />
            <ResolverTrouble session={session} />
            <PastDueNotice session={session} />
          </Suspense>
        </ErrorBoundary>
      }
      credits={
        <ErrorBoundary inline message="The credits could not be loaded.">
          <Suspense fallback={<Skeleton className="my-0.5 w-24" />}>
            <Credits scope={session.scope} />
          </Suspense>
        </ErrorBoundary>
      }
    >
      {children}
    </AppShell>
  );
}

async function DeletionNotice({ userId }: { userId: string }) {
  const at = await getDeletionAt(userId);
  return at !== null && <DeletionBanner at={at} />;
}

async function ResolverTrouble({ session }: { session: Session }) {
  const notice = await findResolverNotice({ isOperator: await isOperator(session) });
  const trouble = notice?.audience === 'operator' ? notice.trouble : null;
  return notice && <ResolverBanner trouble={trouble} hasSandbox={env().MAIL_SANDBOX === 'on'} />;
}

async function PastDueNotice({ session }: { session: Session }) {
  const pastDue = await findPastDue(session.scope, session.userId);
  return pastDue && <PastDueBanner graceUntil={pastDue.graceUntil} mayPay={pastDue.mayPay} />;
}

async function extraPagesOf(session: Session): Promise<ExtraPage[]> {
  const pages: ExtraPage[] = env().MAIL_SANDBOX === 'on' ? ['sandbox'] : [];
  return (await isOperator(session)) ? [...pages, 'operator'] : pages;
}

async function Credits({ scope }: { scope: Scope }) {
  const { available, held } = await getBalance(scope);
  return <CreditsLeft available={available} held={held} />;
}
