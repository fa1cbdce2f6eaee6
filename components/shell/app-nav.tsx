'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { cn } from '@/components/ui/cn';
import { navItems, type ExtraPage } from './nav-items';

export function AppNav({ extraPages, onNavigate }: { extraPages: readonly ExtraPage[]; onNavigate?: () => void }) {
  const path = usePathname();
  return (
    <nav aria-label="App" className="flex flex-col gap-0.5">
      {navItems(extraPages).map(({ href, label, Icon }) => {
        const isCurrent = path === href || path.startsWith(`${href}/`);
        return (
          <Link
            key={href}
            href={href}
            aria-current={isCurrent ? 'page' : undefined}
            className={cn(
              'flex h-8 items-center gap-2.5 rounded-control px-2 text-body transition-colors hover:bg-sunken hover:text-fg',
              isCurrent ? 'bg-sunken font-medium text-fg' : 'text-muted',
            )}
            {...(onNavigate && { onClick: onNavigate })}
          >
            <Icon aria-hidden="true" className="size-4" />
            {label}
          </Link>
        );
      })}
    </nav>
  );
}
