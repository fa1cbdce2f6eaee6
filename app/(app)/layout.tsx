import { Suspense, type ReactNode } from 'react';
import { AppShell } from '@/components/shell/app-shell';
import { CreditsLeft } from '@/components/shell/credits-left';
import { ErrorBoundary } from '@/components/ui/error-boundary';
import { Skeleton } from '@/components/ui/skeleton';
import { requireSession } from '@/lib/auth/session';
import type { Scope } from '@/lib/data/scope';
import { env } from '@/lib/env';
import { getBalance } from '@/lib/services/ledger/get-balance';

export const metadata = { robots: { index: false, follow: false } };

export default async function AppLayout({ children }: { children: ReactNode }) {
  const session = await requireSession();
  return (
    <AppShell
      workspaceName={session.workspaceName}
      user={{ name: session.name, email: session.email }}
      hasSandbox={env().MAIL_SANDBOX === 'on'}
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

async function Credits({ scope }: { scope: Scope }) {
  const { available, held } = await getBalance(scope);
  return <CreditsLeft available={available} held={held} />;
}
