import Link from 'next/link';
import type { ReactNode } from 'react';
import { cn } from '@/components/ui/cn';
import type { DocsGroup, DocsPage } from '@/content/docs/docs-page';
import { DocsBlock } from './docs-blocks';
import { DocsSearch } from './docs-search';
import { InlineText } from './inline-text';

interface DocsViewProps {
  page: DocsPage;
  groups: readonly DocsGroup[];
  /** What a page shows that is more than text, behind its sections. */
  children?: ReactNode;
}

export function DocsView({ page, groups, children }: DocsViewProps) {
  return (
    <div className="mx-auto max-w-7xl px-4 py-8 sm:px-6 lg:grid lg:grid-cols-[13rem_minmax(0,1fr)] lg:gap-10 xl:grid-cols-[13rem_minmax(0,1fr)_13rem]">
      <div className="self-start lg:sticky lg:top-20 lg:max-h-[calc(100dvh-6rem)] lg:overflow-y-auto">
        <DocsSearch />
        <DocsNavigation groups={groups} here={page.path} />
      </div>
      <article className="min-w-0 pt-8 lg:pt-0">
        <h1 className="text-page font-semibold tracking-tight sm:text-display">{page.title}</h1>
        <p className="mt-3 max-w-2xl text-lead text-muted [&_a]:text-accent [&_a]:underline [&_code]:font-mono [&_code]:text-body">
          <InlineText text={page.lead} />
        </p>
        <p className="mt-2 text-table">
          <a href={`${page.path}.md`} className="text-muted underline underline-offset-2 hover:text-fg">
            This page as Markdown
          </a>
        </p>
        {page.sections.map(({ id, heading, blocks }) => (
          <section key={id} aria-labelledby={id} className="mt-10">
            <h2 id={id} className="scroll-mt-20 text-section font-semibold tracking-tight">
              {heading}
            </h2>
            {blocks.map((block, at) => (
              <DocsBlock key={`${id}-${at}`} block={block} />
            ))}
          </section>
        ))}
        {children}
        <Neighbors page={page} groups={groups} />
      </article>
      <OnThisPage page={page} />
    </div>
  );
}

/** A longer group is closed until one of its pages is shown. */
const OPEN_MOST_PAGES = 10;

function DocsNavigation({ groups, here }: { groups: readonly DocsGroup[]; here: string }) {
  return (
    <nav aria-label="Documentation" className="mt-4">
      {groups.map(({ title, pages }) => (
        <details key={title} open={pages.length <= OPEN_MOST_PAGES || pages.some(({ path }) => path === here)} className="mb-3">
          <summary className="cursor-pointer py-1 text-table font-semibold">{title}</summary>
          <ul>
            {pages.map(({ path, label }) => (
              <li key={path}>
                <Link
                  href={path}
                  aria-current={path === here ? 'page' : undefined}
                  className={cn(
                    'block rounded-control px-2 py-1 text-table -outline-offset-2',
                    path === here ? 'bg-sunken font-medium text-fg' : 'text-muted hover:text-fg',
                  )}
                >
                  {label}
                </Link>
              </li>
            ))}
          </ul>
        </details>
      ))}
    </nav>
  );
}

function OnThisPage({ page }: { page: DocsPage }) {
  if (page.sections.length < 2) return null;
  return (
    <nav aria-label="On this page" className="hidden self-start xl:sticky xl:top-20 xl:block">
      <p className="text-table font-semibold">On this page</p>
      <ul className="mt-2">
        {page.sections.map(({ id, heading }) => (
          <li key={id}>
            <a href={`#${id}`} className="block rounded-control py-1 text-table break-words text-muted hover:text-fg">
              {heading}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** The pages before and behind this one, in the order of the navigation. */
function Neighbors({ page, groups }: { page: DocsPage; groups: readonly DocsGroup[] }) {
  const pages = groups.flatMap((group) => group.pages);
  const at = pages.findIndex(({ path }) => path === page.path);
  const [before, after] = [at > 0 ? pages[at - 1] : undefined, pages[at + 1]];
  return (
    <nav aria-label="Previous and next" className="mt-16 flex justify-between gap-4 border-t border-hairline pt-4 text-body">
      {before === undefined ? (
        <span />
      ) : (
        <Link href={before.path} rel="prev" className="text-muted hover:text-fg">
          ← {before.label}
        </Link>
      )}
      {after !== undefined && (
        <Link href={after.path} rel="next" className="text-muted hover:text-fg">
          {after.label} →
        </Link>
      )}
    </nav>
  );
}
