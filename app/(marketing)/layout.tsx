import type { ReactNode } from 'react';
import { SiteFooter } from '@/components/marketing/site-footer';
import { SiteHeader } from '@/components/marketing/site-header';
import { findSession } from '@/lib/accounts/web/session';
import { env } from '@/lib/platform/env';

export default async function MarketingLayout({ children }: { children: ReactNode }) {
  const session = await findSession();
  const hasSandbox = env().MAIL_SANDBOX === 'on';
  return (
    <div className="flex min-h-dvh flex-col">
      <SiteHeader hasSandbox={hasSandbox} isSignedIn={session !== null} />
      <main id="main" tabIndex={-1} className="flex-1 outline-none">
        {children}
      </main>
      <SiteFooter hasSandbox={hasSandbox} />
    </div>
  );
}
