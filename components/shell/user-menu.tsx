'use client';

import { ChevronsUpDown, LogOut, Settings } from 'lucide-react';
import Link from 'next/link';
import { signOut } from 'next-auth/react';
import { DropdownMenu } from 'radix-ui';

const ITEM =
  'flex h-8 cursor-pointer items-center gap-2.5 rounded-control px-2 text-body outline-none data-highlighted:bg-hover pointer-coarse:h-10';

export function UserMenu({ name, email }: { name: string | null; email: string }) {
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger className="flex w-full min-w-0 items-center gap-2 rounded-control px-2 py-1.5 text-left text-table transition-colors hover:bg-hover">
        <span
          aria-hidden="true"
          className="flex size-6 shrink-0 items-center justify-center rounded-full bg-accent text-meta font-semibold text-on-accent"
        >
          {(name ?? email).slice(0, 1).toUpperCase()}
        </span>
        <span className="min-w-0 flex-1 truncate">
          <span className="sr-only">Account: </span>
          {name ?? email}
        </span>
        <ChevronsUpDown aria-hidden="true" className="size-3.5 shrink-0 text-subtle" />
      </DropdownMenu.Trigger>
      {/* Not in a portal: at the end of the body it would be outside every landmark. */}
      <DropdownMenu.Content
        align="start"
        sideOffset={6}
        collisionPadding={8}
        className="z-50 min-w-56 rounded-card border border-hairline bg-float p-1 shadow-float"
      >
        <DropdownMenu.Label className="truncate px-2 py-1.5 text-table text-muted">{email}</DropdownMenu.Label>
        <DropdownMenu.Item asChild className={ITEM}>
          <Link href="/settings">
            <Settings aria-hidden="true" className="size-4 text-muted" />
            Settings
          </Link>
        </DropdownMenu.Item>
        <DropdownMenu.Item className={ITEM} onSelect={() => void signOut({ callbackUrl: '/' })}>
          <LogOut aria-hidden="true" className="size-4 text-muted" />
          Sign out
        </DropdownMenu.Item>
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  );
}
