'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useId } from 'react';
import { cn } from '@/components/ui/cn';
import { type ExtraPage, type NavGroup, navGroups, type NavItem } from './nav-items';

interface AppNavProps {
  extraPages: readonly ExtraPage[];
  onNavigate?: () => void;
}

export const AppNav = ({ extraPages, onNavigate }: AppNavProps) => (
  <nav aria-label="App" className="-mx-1 flex min-h-0 flex-1 flex-col gap-5 overflow-y-auto px-1 py-0.5">
    {navGroups(extraPages).map((group) => (
      <Group key={group.title} group={group} onNavigate={onNavigate} />
    ))}
  </nav>
);

function Group({ group: { title, items }, onNavigate }: { group: NavGroup; onNavigate: (() => void) | undefined }) {
  const id = useId();
  return (
    <div>
      {title !== null && (
        <p id={id} className="mb-1 px-2 text-meta font-medium text-subtle">
          {title}
        </p>
      )}
      <ul {...(title !== null && { 'aria-labelledby': id })} className="flex flex-col gap-0.5">
        {items.map((item) => (
          <li key={item.href}>
            <Entry item={item} onNavigate={onNavigate} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function Entry({ item: { href, label, Icon }, onNavigate }: { item: NavItem; onNavigate: (() => void) | undefined }) {
  const path = usePathname();
  const isCurrent = path === href || path.startsWith(`${href}/`);
  return (
    <Link
      href={href}
      aria-current={isCurrent ? 'page' : undefined}
      className={cn(
        'relative flex h-8 items-center gap-2.5 rounded-control px-2 text-body transition-colors hover:bg-hover hover:text-fg pointer-coarse:h-10',
        // The mark at the edge is for people who can't see the background color.
        isCurrent
          ? 'bg-hover font-medium text-fg before:absolute before:inset-y-1.5 before:left-0 before:w-0.5 before:rounded-full before:bg-accent'
          : 'text-muted',
      )}
      {...(onNavigate && { onClick: onNavigate })}
    >
      <Icon aria-hidden="true" className={cn('size-4 shrink-0', isCurrent ? 'text-accent' : 'text-subtle')} />
      <span className="truncate">{label}</span>
    </Link>
  );
}
