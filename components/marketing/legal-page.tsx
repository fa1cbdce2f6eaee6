import type { ReactNode } from 'react';
import { LocalTime } from '@/components/ui/local-time';
import { Prose } from './prose';

interface LegalPageProps {
  title: string;
  lead: string;
  /** ISO date of the last change. */
  updated: string;
  children: ReactNode;
}

export function LegalPage({ title, lead, updated, children }: LegalPageProps) {
  return (
    <article className="mx-auto max-w-3xl px-4 py-12 sm:px-6 sm:py-16">
      <h1 className="text-display font-semibold tracking-tight">{title}</h1>
      <p className="mt-3 max-w-2xl text-lead text-muted">{lead}</p>
      <p className="mt-2 text-table text-subtle">
        Last changed <LocalTime iso={updated} show="date" />
      </p>
      <Prose>{children}</Prose>
    </article>
  );
}
