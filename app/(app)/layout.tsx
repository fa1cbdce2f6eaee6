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
import { describeError } from '@/lib/platform/errors';
import { log } from '@/lib/platform/log';
import type { Scope } from '@/lib/platform/scope';

export const metadata = { robots: { index: false, follow: false } };

export default async function AppLayout({ children }: { children: ReactNode }) {
  const session = await requireSession();
  const [extraPages, notice] = await Promise.all([extraPagesOf(session), noticesOf(session)]);
  return (
    <AppShell
      workspaceName={session.workspaceName}
      user={{ name: session.name, email: session.email }}
      extraPages={extraPages}
      notice={notice}
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

/**
 * They come with the page: a notice that came later would push away what somebody is about to press. One that can't be loaded is left out.
 */
async function noticesOf(session: Session): Promise<ReactNode> {
  const [deletion, resolver, pastDue] = await Promise.all([
    unlessFailed(getDeletionAt(session.userId)),
    unlessFailed(isOperator(session).then((isOne) => findResolverNotice({ isOperator: isOne }))),
    unlessFailed(findPastDue(session.scope, session.userId)),
  ]);
  return (
    <>
      {deletion !== null && <DeletionBanner at={deletion} />}
      {resolver !== null && (
        <ResolverBanner
          trouble={resolver.audience === 'operator' ? resolver.trouble : null}
          hasSandbox={env().MAIL_SANDBOX === 'on'}
        />
      )}
      {pastDue !== null && <PastDueBanner graceUntil={pastDue.graceUntil} mayPay={pastDue.mayPay} />}
    </>
  );
}

async function unlessFailed<T>(notice: Promise<T | null>): Promise<T | null> {
  try {
    return await notice;
  } catch (error) {
    log('web').error({ error: describeError(error) }, 'a notice could not be loaded');
    return null;
  }
}

async function extraPagesOf(session: Session): Promise<ExtraPage[]> {
  const pages: ExtraPage[] = env().MAIL_SANDBOX === 'on' ? ['sandbox'] : [];
  return (await isOperator(session)) ? [...pages, 'operator'] : pages;
}

async function Credits({ scope }: { scope: Scope }) {
  const { available, held } = await getBalance(scope);
  return <CreditsLeft available={available} held={held} />;
}
