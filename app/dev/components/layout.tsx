import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import type { ReactNode } from 'react';
import { Logo } from '@/components/shell/logo';
import { ThemeSwitch } from '@/components/shell/theme-switch';
import { Toaster } from '@/components/ui/toaster';
import { maySeeOutbox } from '@/lib/platform/http/outbox-access';

export const metadata: Metadata = { title: 'Components', robots: { index: false } };

/** Like the outbox, this page is for people who work on the product, on their own machine. */
export default async function ComponentsLayout({ children }: { children: ReactNode }) {
  if (!(await maySeeOutbox())) notFound();
  return (
    <div className="min-h-dvh bg-canvas">
      <header className="flex items-center justify-between border-b border-hairline px-4 py-3 sm:px-6">
        <Logo />
        <ThemeSwitch />
      </header>
      <main id="main" className="mx-auto flex max-w-7xl flex-col gap-12 px-4 py-8 sm:px-6">
        {children}
      </main>
      <Toaster />
    </div>
  );
}
