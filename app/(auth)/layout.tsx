import type { Metadata } from 'next';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { FocusKeeper } from '@/components/shell/focus-keeper';
import { Logo } from '@/components/shell/logo';
import { ThemeSwitch } from '@/components/shell/theme-switch';

export const metadata: Metadata = { robots: { index: false } };

const FOOT = [
  { href: '/privacy', label: 'Privacy' },
  { href: '/terms', label: 'Terms' },
  { href: '/status', label: 'Status' },
  { href: '/contact', label: 'Contact' },
];

export default function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col sm:bg-canvas">
      <header className="flex items-center justify-between px-4 py-3 sm:px-6">
        <Logo />
        <ThemeSwitch />
      </header>
      <main id="main" className="flex flex-1 justify-center px-4 pt-8 pb-16 sm:items-center sm:py-8">
        {children}
      </main>
      <footer className="flex flex-wrap justify-center gap-x-6 gap-y-2 px-4 py-6 text-table text-muted">
        {FOOT.map(({ href, label }) => (
          <Link key={href} href={href} prefetch={false} className="rounded-control hover:text-fg">
            {label}
          </Link>
        ))}
      </footer>
      <FocusKeeper />
    </div>
  );
}
