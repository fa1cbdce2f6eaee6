import type { ReactNode } from 'react';
import { cn } from '@/components/ui/cn';

interface SectionProps {
  id?: string;
  title: ReactNode;
  lead?: ReactNode;
  children: ReactNode;
  /** Gives the section its own background, to set it apart from its neighbors. */
  raised?: boolean;
}

/** One section of a public page: a heading, a sentence, and its content. */
export function Section({ id, title, lead, children, raised = false }: SectionProps) {
  return (
    <section id={id} className={cn('later border-t border-hairline', raised && 'bg-band')}>
      <div className="mx-auto max-w-6xl px-4 py-16 sm:px-6 sm:py-24">
        <h2 className="max-w-3xl text-page font-semibold tracking-tight text-balance sm:text-display">{title}</h2>
        {lead !== undefined && <p className="mt-3 max-w-2xl text-lead text-balance text-muted sm:text-intro">{lead}</p>}
        <div className="mt-10">{children}</div>
      </div>
    </section>
  );
}
