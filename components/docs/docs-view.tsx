import type { ReactNode } from 'react';
import { FactSource } from '@/components/learn/fact-source';
import { JsonLd } from '@/components/marketing/json-ld';
import { PaletteButton } from '@/components/ui/palette-button';
import type { DocsGroup, DocsPage, DocsSection } from '@/content/docs/docs-page';
import { quickStart } from '@/content/docs/quick-start';
import { articleData } from '@/content/structured-data';
import { DocsBlock } from './docs-blocks';
import { DocsMenu } from './docs-menu';
import { DocsNavigation, Neighbors } from './docs-navigation';
import { DocsSearch } from './docs-search';
import { InlineText } from './inline-text';
import { PageTools } from './page-tools';

interface DocsViewProps {
  page: DocsPage;
  groups: readonly DocsGroup[];
  origin: string;
  /** A part of the page that is more than text, shown before its sections. */
  extra?: { id: string; heading: string; body: ReactNode };
}

export function DocsView({ page, groups, origin, extra }: DocsViewProps) {
  const group = groups.find(({ pages }) => pages.includes(page));
  const places = [...(extra === undefined ? [] : [extra]), ...page.sections];
  return (
    <div className="mx-auto max-w-7xl px-4 py-8 sm:px-6 lg:grid lg:grid-cols-[13rem_minmax(0,1fr)] lg:gap-10 xl:grid-cols-[13rem_minmax(0,1fr)_13rem]">
      {/* Only the list of pages scrolls, so that the search is always in view. */}
      <div className="self-start lg:sticky lg:top-20 lg:flex lg:max-h-[calc(100dvh-6rem)] lg:flex-col">
        <PaletteButton className="shrink-0 hover:bg-sunken lg:mb-2">Search the docs</PaletteButton>
        <DocsSearch />
        <DocsMenu here={page.label}>
          <DocsNavigation groups={groups} here={page.path} />
        </DocsMenu>
      </div>
      <article className="min-w-0 pt-8 lg:max-w-3xl lg:pt-0">
        <p className="mb-1 text-table font-medium text-accent">{group?.title}</p>
        <h1 className="text-page font-semibold tracking-tight break-words sm:text-display">{page.title}</h1>
        <p className="mt-3 max-w-2xl text-lead text-muted [&_a]:text-accent [&_a]:underline [&_code]:font-mono [&_code]:text-body">
          <InlineText text={page.lead} />
        </p>
        <PageTools path={page.path} />
        {extra !== undefined && (
          <Section id={extra.id} heading={extra.heading}>
            {extra.body}
          </Section>
        )}
        {page.sections.map(({ id, heading, blocks }) => (
          <Section key={id} id={id} heading={heading}>
            {blocks.map((block, at) => (
              <DocsBlock key={`${id}-${at}`} block={block} />
            ))}
          </Section>
        ))}
        <Sources page={page} />
        <Neighbors page={page} groups={groups} />
      </article>
      <OnThisPage places={places} />
      <JsonLd data={articleData({ ...page, faq: [] }, page === quickStart ? null : quickStart, origin)} />
    </div>
  );
}

/** A section with a link to itself after its heading. */
function Section({ id, heading, children }: Pick<DocsSection, 'id' | 'heading'> & { children: ReactNode }) {
  return (
    <section aria-labelledby={id} className="mt-12">
      <div className="group flex gap-2 text-section">
        <h2 id={id} className="min-w-0 scroll-mt-20 font-semibold tracking-tight break-words">
          {heading}
        </h2>
        <a
          href={`#${id}`}
          aria-label={`Link to: ${heading}`}
          className="rounded-control text-subtle opacity-0 transition-opacity group-hover:opacity-100 focus-visible:opacity-100"
        >
          #
        </a>
      </div>
      {children}
    </section>
  );
}

function Sources({ page: { sources = [] } }: { page: DocsPage }) {
  if (sources.length === 0) return null;
  return (
    <section aria-label="Sources" className="mt-12">
      <p className="text-table font-semibold">Sources</p>
      {sources.map((source) => (
        <FactSource key={source.url} source={source} />
      ))}
    </section>
  );
}

function OnThisPage({ places }: { places: readonly Pick<DocsSection, 'id' | 'heading'>[] }) {
  if (places.length < 2) return null;
  return (
    <nav
      aria-label="On this page"
      className="hidden self-start xl:sticky xl:top-20 xl:block xl:max-h-[calc(100dvh-6rem)] xl:overflow-y-auto"
    >
      <p className="text-table font-semibold">On this page</p>
      <ul className="mt-2 border-l border-hairline">
        {places.map(({ id, heading }) => (
          <li key={id}>
            <a href={`#${id}`} className="block py-1 pl-3 text-table break-words text-muted -outline-offset-2 hover:text-fg">
              {heading}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
