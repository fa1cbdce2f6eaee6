'use client';

import { Search } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useEffect, useState } from 'react';
import { Kbd } from '@/components/ui/kbd';
import { NotLoaded } from '@/components/ui/not-loaded';
import type { ExtraPage } from './nav-items';

// Loaded at the first use: most visits never open it.
const CommandPalette = dynamic(() => import('./command-palette').then((loaded) => loaded.CommandPalette).catch(() => NotLoaded), {
  ssr: false,
});

/** The button and the keys (⌘K or Ctrl K) that open the command palette. */
export function CommandMenu({ extraPages }: { extraPages: readonly ExtraPage[] }) {
  const [isOpen, setIsOpen] = useState(false);
  const [wasOpened, setWasOpened] = useState(false);
  const show = (next: boolean) => {
    setIsOpen(next);
    if (next) setWasOpened(true);
  };
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.metaKey || event.ctrlKey)) return;
      event.preventDefault();
      setWasOpened(true);
      setIsOpen((open) => !open);
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
  return (
    <>
      <button
        type="button"
        onClick={() => show(true)}
        className="flex h-8 w-full items-center gap-2 rounded-control border border-hairline bg-card px-2 text-table text-muted transition-colors hover:bg-hover"
      >
        <Search aria-hidden="true" className="size-3.5" />
        <span className="flex-1 text-left">Go to…</span>
        <Kbd>⌘K</Kbd>
      </button>
      {wasOpened && <CommandPalette isOpen={isOpen} onOpenChange={show} extraPages={extraPages} />}
    </>
  );
}
