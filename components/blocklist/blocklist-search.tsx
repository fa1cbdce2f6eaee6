'use client';

import { Search } from 'lucide-react';
import Form from 'next/form';
import Link from 'next/link';
import { useRef } from 'react';
import { Button } from '@/components/ui/button';
import { Input } from '@/components/ui/input';
import { useSlashToFocus } from '@/components/ui/use-slash-to-focus';

/** Finds entries by any part of them: a plain form whose field is the URL's parameter. */
export function BlocklistSearch({ q }: { q: string }) {
  const search = useRef<HTMLInputElement>(null);
  useSlashToFocus(search);
  return (
    <Form action="/settings/blocklist" role="search" className="flex w-full items-center gap-2 sm:w-auto">
      <div className="relative min-w-0 flex-1 sm:w-64 sm:flex-none">
        <Search aria-hidden="true" className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-muted" />
        <Input
          ref={search}
          // A new search begins with a new field.
          key={q}
          type="search"
          name="q"
          defaultValue={q}
          aria-label="Search the blocklist"
          placeholder="Part of an entry"
          className="pl-8"
        />
      </div>
      <Button type="submit" variant="secondary">
        Search
      </Button>
      {q !== '' && (
        <Button asChild variant="ghost">
          <Link href="/settings/blocklist">Clear</Link>
        </Button>
      )}
    </Form>
  );
}
