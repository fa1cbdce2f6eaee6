import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import type { ReactNode } from 'react';
import { Logo } from '@/components/shell/logo';
import { ThemeSwitch } from '@/components/shell/theme-switch';
import { maySeeOutbox } from '@/lib/platform/http/outbox-access';

export const metadata: Metadata = { title: 'Outbox', robots: { index: false } };

/** Exists only in local mode without a mail server. Anywhere else it would show other people's mail. */
export default async function OutboxLayout({ children }: { children: ReactNode }) {
  if (!(await maySeeOutbox())) notFound();
  return (
    <>
      <header className="flex items-center justify-between border-b border-hairline px-4 py-3 sm:px-6">
        <Logo />
        <ThemeSwitch />
      </header>
      <main id="main" className="mx-auto max-w-4xl px-4 py-8 sm:px-6">
        {children}
      </main>
    </>
  );
}
