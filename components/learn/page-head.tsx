import type { ReactNode } from 'react';
import { LocalTime } from '@/components/ui/local-time';
import type { Page } from '@/content/page';

/** The heading, the answer in short, and the day the text last changed. */
export function PageHead({ page, lead }: { page: Page; lead: ReactNode }) {
  return (
    <header className="max-w-3xl">
      <h1 className="text-display font-semibold tracking-tight text-balance sm:text-hero">{page.title}</h1>
      <p className="mt-4 text-lead text-muted sm:text-intro">{lead}</p>
      <p className="mt-3 text-table text-subtle">
        Last changed <LocalTime iso={page.updated} show="date" />
      </p>
    </header>
  );
}
