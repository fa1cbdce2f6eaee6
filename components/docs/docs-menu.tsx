'use client';

import { ChevronDown } from 'lucide-react';
import { usePathname } from 'next/navigation';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { cn } from '@/components/ui/cn';

/** On a phone the list of pages starts closed, so that the page begins with its text. Without JavaScript it is open. */
export function DocsMenu({ here, children }: { here: string; children: ReactNode }) {
  const path = usePathname();
  const [openOn, setOpenOn] = useState<string | null>(null);
  // Choosing a page closes the list.
  const isOpen = openOn === path;
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The list is longer than a screen, so scroll the current page into view.
    list.current?.querySelector('[aria-current=page]')?.scrollIntoView({ block: 'nearest' });
  }, [path]);
  return (
    <>
      <button
        type="button"
        aria-expanded={isOpen}
        aria-controls="docs-pages"
        onClick={() => setOpenOn(isOpen ? null : path)}
        className="mt-2 flex h-9 w-full items-center justify-between rounded-control border border-hairline px-3 text-body lg:hidden [@media(scripting:none)]:hidden"
      >
        <span className="min-w-0 truncate">
          <span className="text-muted">All pages</span> / {here}
        </span>
        <ChevronDown aria-hidden="true" className={cn('size-4 shrink-0 text-muted', isOpen && 'rotate-180')} />
      </button>
      <div
        ref={list}
        id="docs-pages"
        className={cn('lg:mt-3 lg:block lg:min-h-0 lg:overflow-y-auto [@media(scripting:none)]:block', !isOpen && 'hidden')}
      >
        {children}
      </div>
    </>
  );
}
