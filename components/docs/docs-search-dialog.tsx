'use client';

import { Command } from 'cmdk';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { z } from 'zod';

const indexSchema = z.array(z.object({ href: z.string(), page: z.string(), heading: z.string(), words: z.string() }));
type Index = z.infer<typeof indexSchema>;

interface DocsSearchDialogProps {
  isOpen: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Sections of the documentation by their words. The index is fetched once. */
export function DocsSearchDialog({ isOpen, onOpenChange }: DocsSearchDialogProps) {
  const router = useRouter();
  const [index, setIndex] = useState<Index | 'loading' | 'failed'>('loading');
  useEffect(() => {
    fetchIndex().then(setIndex, () => setIndex('failed'));
  }, []);
  return (
    <Command.Dialog
      open={isOpen}
      onOpenChange={onOpenChange}
      label="Search the docs"
      filter={(_, search, keywords) => score(search, keywords ?? [])}
      overlayClassName="fixed inset-0 z-40 bg-scrim"
      contentClassName="fixed top-[15vh] left-1/2 z-50 w-[calc(100vw-2rem)] max-w-lg -translate-x-1/2 overflow-hidden rounded-dialog border border-hairline bg-bg shadow-float"
    >
      <Command.Input
        placeholder="Search the docs"
        className="h-12 w-full border-b border-hairline bg-bg px-4 text-lead outline-none placeholder:text-subtle"
      />
      <Command.List className="max-h-80 overflow-y-auto p-2">
        {index === 'loading' && <Command.Loading className="px-2 py-6 text-body text-muted">Loading…</Command.Loading>}
        {index === 'failed' && (
          <p className="px-2 py-6 text-body text-muted">
            The search could not be loaded. Close it and open it again, or use the list.
          </p>
        )}
        {typeof index !== 'string' && (
          <>
            <Command.Empty className="px-2 py-6 text-center text-body text-muted">No results.</Command.Empty>
            {index.map(({ href, page, heading, words }) => (
              <Command.Item
                key={href}
                value={href}
                keywords={[heading, page, words]}
                className="cursor-pointer rounded-control px-2 py-1.5 data-[selected=true]:bg-sunken"
                onSelect={() => {
                  onOpenChange(false);
                  router.push(href);
                }}
              >
                <span className="block text-body text-fg">{heading}</span>
                {heading !== page && <span className="block text-table text-muted">{page}</span>}
              </Command.Item>
            ))}
          </>
        )}
      </Command.List>
    </Command.Dialog>
  );
}

async function fetchIndex(): Promise<Index> {
  const response = await fetch('/api/docs-search');
  if (!response.ok) throw new Error(`the index of the search answered ${response.status}`);
  return indexSchema.parse(await response.json());
}

/** Every word has to be there; where it stands says how much it counts: heading, page, words. */
function score(search: string, places: readonly string[]): number {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const best = words.map((word) => {
    const at = places.findIndex((place) => place.toLowerCase().includes(word));
    return at === -1 ? 0 : 1 / (at + 1);
  });
  return best.includes(0) ? 0 : Math.max(0, ...best);
}
