'use client';

import { Search } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useEffect, useState } from 'react';
import { Kbd } from '@/components/ui/kbd';
import { NotLoaded } from '@/components/ui/not-loaded';

// Loaded at the first use, with the index: most visits never open it.
const DocsSearchDialog = dynamic(
  () => import('./docs-search-dialog').then((loaded) => loaded.DocsSearchDialog).catch(() => NotLoaded),
  { ssr: false },
);

/** The button and the keys (⌘K or Ctrl K) that search the documentation. */
export function DocsSearch() {
  const [isOpen, setIsOpen] = useState(false);
  const [wasOpened, setWasOpened] = useState(false);
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
        onClick={() => {
          setWasOpened(true);
          setIsOpen(true);
        }}
        className="flex h-8 w-full items-center gap-2 rounded-control border border-hairline px-2 text-table text-muted transition-colors hover:bg-sunken [@media(scripting:none)]:hidden"
      >
        <Search aria-hidden="true" className="size-3.5" />
        <span className="flex-1 text-left">Search the docs</span>
        <span className="max-sm:hidden">
          <Kbd>⌘K</Kbd>
        </span>
      </button>
      {wasOpened && <DocsSearchDialog isOpen={isOpen} onOpenChange={setIsOpen} />}
    </>
  );
}
