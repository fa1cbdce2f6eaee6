import { ArrowRight } from 'lucide-react';
import Link from 'next/link';
import { JsonLd } from '@/components/marketing/json-ld';
import type { Shelf } from '@/content/article';
import type { Page } from '@/content/page';
import { shelfData } from '@/content/structured-data';

interface ShelfViewProps {
  shelf: Shelf;
  /** Related pages that have an address outside this shelf. */
  also?: readonly Page[];
  origin: string;
}

export function ShelfView({ shelf, also = [], origin }: ShelfViewProps) {
  const pages = [...shelf.articles, ...also];
  return (
    <div className="mx-auto max-w-6xl px-4 py-12 sm:px-6 sm:py-16">
      <h1 className="text-display font-semibold tracking-tight sm:text-hero">{shelf.title}</h1>
      <p className="mt-4 max-w-2xl text-lead text-muted sm:text-intro">{shelf.lead}</p>
      <PageList pages={pages} />
      <JsonLd data={shelfData(shelf, pages, origin)} />
    </div>
  );
}

export function PageList({ pages }: { pages: readonly Page[] }) {
  return (
    <ul className="mt-10 grid gap-4 md:grid-cols-2">
      {pages.map((page) => (
        <li key={page.path}>
          <Link
            href={page.path}
            className="group block h-full rounded-dialog border border-hairline bg-card p-5 transition-colors hover:border-control sm:p-6"
          >
            <h2 className="flex items-start justify-between gap-4 text-section font-semibold tracking-tight">
              <span className="text-balance">{page.title}</span>
              <ArrowRight
                aria-hidden="true"
                className="mt-1 size-5 shrink-0 text-accent transition-transform group-hover:translate-x-0.5 motion-reduce:transition-none"
              />
            </h2>
            <p className="mt-2 text-body text-muted">{page.description}</p>
          </Link>
        </li>
      ))}
    </ul>
  );
}
