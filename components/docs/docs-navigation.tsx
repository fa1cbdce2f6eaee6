import { ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { cn } from '@/components/ui/cn';
import type { DocsGroup, DocsPage } from '@/content/docs/docs-page';

/** A longer group stays closed until one of its pages is shown. */
const OPEN_MOST_PAGES = 10;

const LINK = 'block rounded-control px-2 py-1 text-table -outline-offset-2';

/** Where the list is scrolled to at first: the group of the current page, with its title, or the page's link in a long group. */
const TARGET = '[scroll-initial-target:nearest]';

const isHere = (pages: readonly DocsPage[], here: string): boolean => pages.some(({ path }) => path === here);

export function DocsNavigation({ groups, here }: { groups: readonly DocsGroup[]; here: string }) {
  return (
    <nav aria-label="Documentation" className="pt-2 pb-4">
      {groups.map(({ title, pages }) =>
        pages.length <= OPEN_MOST_PAGES ? (
          <div key={title} className={cn('mb-5', isHere(pages, here) && TARGET)}>
            <p className="px-2 pb-1 text-table font-semibold">{title}</p>
            <PageLinks pages={pages} here={here} />
          </div>
        ) : (
          <details key={title} open={isHere(pages, here)} className="group mb-5">
            <summary className="flex items-center justify-between rounded-control px-2 py-1 text-table font-semibold">
              {title}
              <ChevronRight aria-hidden="true" className="size-3.5 text-muted group-open:rotate-90" />
            </summary>
            <PageLinks pages={pages} here={here} isTarget />
          </details>
        ),
      )}
      <Link href="/changelog" className={cn(LINK, 'text-muted hover:text-fg')}>
        Changelog
      </Link>
    </nav>
  );
}

function PageLinks({ pages, here, isTarget = false }: { pages: readonly DocsPage[]; here: string; isTarget?: boolean }) {
  return (
    <ul>
      {pages.map(({ path, label }) => (
        <li key={path} className={isTarget && path === here ? TARGET : undefined}>
          <Link
            href={path}
            aria-current={path === here ? 'page' : undefined}
            className={cn(LINK, 'break-words', path === here ? 'bg-sunken font-medium text-accent' : 'text-muted hover:text-fg')}
          >
            {label}
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** The previous and next page, in the order of the navigation. */
export function Neighbors({ page, groups }: { page: DocsPage; groups: readonly DocsGroup[] }) {
  const pages = groups.flatMap((group) => group.pages);
  const at = pages.findIndex(({ path }) => path === page.path);
  const [before, after] = [at > 0 ? pages[at - 1] : undefined, pages[at + 1]];
  const card = 'flex-1 rounded-card border border-hairline px-4 py-3 transition-colors hover:bg-raised';
  return (
    <nav aria-label="Previous and next" className="mt-16 flex flex-col gap-3 text-body sm:flex-row">
      {before !== undefined && (
        <Link href={before.path} rel="prev" className={card}>
          <span className="block text-meta text-muted">Previous</span>
          <span className="font-medium">{before.label}</span>
        </Link>
      )}
      {after !== undefined && (
        <Link
          href={after.path}
          rel="next"
          className={cn(card, 'sm:text-right', before === undefined && 'sm:ml-auto sm:max-w-1/2')}
        >
          <span className="block text-meta text-muted">Next</span>
          <span className="font-medium">{after.label}</span>
        </Link>
      )}
    </nav>
  );
}
