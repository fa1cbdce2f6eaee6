import type { ReactNode } from 'react';
import { Card } from '@/components/ui/card';

/** A section of the gallery, with its own anchor. */
export const Shelf = ({ id, title, children }: { id: string; title: string; children: ReactNode }) => (
  <section id={id} aria-labelledby={`${id}-title`} className="scroll-mt-4">
    <h2 id={`${id}-title`} className="mb-4 text-section font-semibold tracking-tight">
      {title}
    </h2>
    <div className="flex flex-col gap-4">{children}</div>
  </section>
);

/** One component in the states that `name` describes. */
export const Specimen = ({ name, children }: { name: string; children: ReactNode }) => (
  <Card>
    <h3 className="mb-4 text-table font-medium text-muted">{name}</h3>
    <div className="flex flex-wrap items-center gap-3">{children}</div>
  </Card>
);
