import type { ReactNode } from 'react';
import { cn } from '@/components/ui/cn';

interface SectionProps {
  id?: string;
  title: ReactNode;
  lead?: ReactNode;
  children: ReactNode;
  /** A hairline above. */
  divided?: boolean;
}

/** One section of a public page: a heading, a sentence, the matter. */
export function Section({ id, title, lead, children, divided = true }: SectionProps) {
  return (
    <section id={id} className={cn(divided && 'border-t border-hairline')}>
      <div className="mx-auto max-w-5xl px-4 py-12 sm:px-6 sm:py-16">
        <h2 className="text-page font-semibold tracking-tight text-balance">{title}</h2>
        {lead !== undefined && <p className="mt-2 max-w-2xl text-lead text-muted">{lead}</p>}
        <div className="mt-8">{children}</div>
      </div>
    </section>
  );
}
