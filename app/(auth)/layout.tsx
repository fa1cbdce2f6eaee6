import type { Metadata } from 'next';
import type { ReactNode } from 'react';
import { FocusKeeper } from '@/components/shell/focus-keeper';
import { Logo } from '@/components/shell/logo';
import { ThemeSwitch } from '@/components/shell/theme-switch';

export const metadata: Metadata = { robots: { index: false } };

export default function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="flex items-center justify-between px-4 py-3 sm:px-6">
        <Logo />
        <ThemeSwitch />
      </header>
      <main id="main" className="flex flex-1 justify-center px-4 pt-8 pb-16 sm:items-center sm:pt-0">
        {children}
      </main>
      <FocusKeeper />
    </div>
  );
}
