'use client';

import { Command } from 'cmdk';
import { MailCheck, Moon } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { navItems, type ExtraPage } from './nav-items';

const ITEM = 'flex h-9 cursor-pointer items-center gap-2.5 rounded-control px-2 text-body text-fg data-[selected=true]:bg-hover';

interface CommandPaletteProps {
  isOpen: boolean;
  onOpenChange: (open: boolean) => void;
  extraPages: readonly ExtraPage[];
}

/** Go anywhere by name; something with an @ can be verified right away. */
export function CommandPalette({ isOpen, onOpenChange, extraPages }: CommandPaletteProps) {
  const router = useRouter();
  const [words, setWords] = useState('');
  const run = (act: () => void) => {
    onOpenChange(false);
    setWords('');
    act();
  };
  const address = words.trim();
  return (
    <Command.Dialog
      open={isOpen}
      onOpenChange={onOpenChange}
      label="Command menu"
      overlayClassName="fixed inset-0 z-40 bg-scrim"
      contentClassName="fixed top-[15vh] left-1/2 z-50 w-[calc(100vw-2rem)] max-w-lg -translate-x-1/2 overflow-hidden rounded-dialog border border-hairline bg-float shadow-float"
    >
      <Command.Input
        value={words}
        onValueChange={setWords}
        placeholder="Search pages, or type an address to verify"
        className="h-12 w-full border-b border-hairline bg-transparent px-4 text-lead outline-none placeholder:text-subtle"
      />
      <Command.List className="max-h-80 overflow-y-auto p-2">
        <Command.Empty className="px-2 py-6 text-center text-body text-muted">No results.</Command.Empty>
        {address.includes('@') && (
          <Command.Item
            value={address}
            className={ITEM}
            onSelect={() => run(() => router.push(`/verify?email=${encodeURIComponent(address)}`))}
          >
            <MailCheck aria-hidden="true" className="size-4 text-muted" />
            <span className="truncate">
              Verify <span className="font-mono">{address}</span>
            </span>
          </Command.Item>
        )}
        {navItems(extraPages).map(({ href, label, Icon }) => (
          <Command.Item key={href} value={label} className={ITEM} onSelect={() => run(() => router.push(href))}>
            <Icon aria-hidden="true" className="size-4 text-muted" />
            {label}
          </Command.Item>
        ))}
        <Command.Item value="Switch theme" className={ITEM} onSelect={() => run(() => window.switchTheme?.())}>
          <Moon aria-hidden="true" className="size-4 text-muted" />
          Switch between light and dark
        </Command.Item>
      </Command.List>
    </Command.Dialog>
  );
}
