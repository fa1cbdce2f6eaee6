import Link from 'next/link';
import { JsonLd } from '@/components/marketing/json-ld';
import type { Shelf } from '@/content/article';
import type { Page } from '@/content/page';
import { shelfData } from '@/content/structured-data';

interface ShelfViewProps {
  shelf: Shelf;
  /** Pages that belong here, too, and stand under addresses of their own. */
  also?: readonly Page[];
  origin: string;
}

export function ShelfView({ shelf, also = [], origin }: ShelfViewProps) {
  const pages = [...shelf.articles, ...also];
  return (
    <div className="mx-auto max-w-5xl px-4 py-12 sm:px-6 sm:py-16">
      <h1 className="text-display font-semibold tracking-tight sm:text-hero">{shelf.title}</h1>
      <p className="mt-4 max-w-2xl text-lead text-muted">{shelf.lead}</p>
      <PageList pages={pages} />
      <JsonLd data={shelfData(shelf, pages, origin)} />
    </div>
  );
}

export function PageList({ pages }: { pages: readonly Page[] }) {
  return (
    <ul className="mt-8 divide-y divide-hairline border-y border-hairline">
      {pages.map((page) => (
        <li key={page.path}>
          <Link href={page.path} className="group block py-5">
            <h2 className="text-section font-semibold group-hover:text-accent">{page.title}</h2>
            <p className="mt-1 max-w-2xl text-body text-muted">{page.description}</p>
          </Link>
        </li>
      ))}
    </ul>
  );
}
