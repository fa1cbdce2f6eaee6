import type { ReactNode } from 'react';
import { Alert } from '@/components/ui/alert';
import { LocalTime } from '@/components/ui/local-time';
import type { Page } from '@/content/page';
import { Prose } from './prose';

interface LegalPageProps {
  page: Page;
  lead: string;
  /** A template is not binding until the operator of the installation has completed it. */
  isTemplate?: boolean;
  children: ReactNode;
}

export function LegalPage({ page, lead, isTemplate = false, children }: LegalPageProps) {
  return (
    <article className="mx-auto max-w-6xl px-4 py-12 sm:px-6 sm:py-16">
      <h1 className="text-display font-semibold tracking-tight sm:text-hero">{page.title}</h1>
      <p className="mt-4 max-w-2xl text-lead text-muted sm:text-intro">{lead}</p>
      <p className="mt-3 text-table text-subtle">
        Last changed <LocalTime iso={page.updated} show="date" />
      </p>
      {isTemplate && (
        <Alert tone="warning" title="This is a template" className="mt-6 max-w-2xl">
          Whoever runs this installation has to fill in the [brackets], have it checked by a lawyer, and remove this notice. Until
          then it is not an offer.
        </Alert>
      )}
      <Prose>{children}</Prose>
    </article>
  );
}
