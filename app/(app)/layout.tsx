import { Suspense, type ReactNode } from 'react';
import { PastDueBanner } from '@/components/billing/past-due-banner';
import { AppShell } from '@/components/shell/app-shell';
import { CreditsLeft } from '@/components/shell/credits-left';
import type { ExtraPage } from '@/components/shell/nav-items';
import { ErrorBoundary } from '@/components/ui/error-boundary';
import { Skeleton } from '@/components/ui/skeleton';
import { requireSession, type Session } from '@/lib/auth/session';
import type { Scope } from '@/lib/data/scope';
import { env } from '@/lib/env';
import { findPastDue } from '@/lib/services/billing/find-past-due';
import { getBalance } from '@/lib/services/ledger/get-balance';
import { isOperator } from '@/lib/services/operator/is-operator';

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
