import Link from 'next/link';
import { findTerm } from '@/content/glossary/terms.data';
import type { Term } from '@/content/glossary/term';

export function GlossaryIndex({ terms }: { terms: readonly Term[] }) {
  return (
    <nav aria-label="Terms" className="mt-8 rounded-card border border-hairline bg-raised p-4 sm:p-5">
      <ul className="columns-2 gap-6 lg:columns-4">
        {terms.map(({ slug, name }) => (
          <li key={slug}>
            <a href={`#${slug}`} className="block rounded-control py-1 text-table text-muted hover:text-fg">
              {name}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

export function GlossaryList({ terms }: { terms: readonly Term[] }) {
  return (
    <div className="mt-4 divide-y divide-hairline">
      {terms.map((term) => (
        <GlossaryEntry key={term.slug} term={term} />
      ))}
    </div>
  );
}

function GlossaryEntry({ term: { slug, name, short, long, standards = [], see, readMore } }: { term: Term }) {
  return (
    <section aria-labelledby={slug} className="gap-8 py-8 md:grid md:grid-cols-[14rem_minmax(0,1fr)]">
      <h2 id={slug} className="text-lead font-semibold">
        <a href={`#${slug}`} className="rounded-control hover:text-accent">
          {name}
        </a>
      </h2>
      <div className="mt-2 max-w-2xl md:mt-0">
        <p className="text-lead font-medium">{short}</p>
        <p className="mt-2 text-lead text-muted">{long}</p>
        <ul className="mt-3 flex flex-wrap gap-x-4 gap-y-1 text-table empty:hidden">
          {readMore !== undefined && (
            <li>
              <Link href={readMore} className="text-accent underline underline-offset-2">
                Read more about {name}
              </Link>
            </li>
          )}
          {standards.map(({ name: standard, url }) => (
            <li key={url}>
              <a href={url} className="text-accent underline underline-offset-2">
                {standard}
              </a>
            </li>
          ))}
        </ul>
        <p className="mt-2 text-table text-subtle">
          See also{' '}
          {see.map((other, index) => (
            <span key={other}>
              {index > 0 && ', '}
              <a href={`#${other}`} className="text-muted underline underline-offset-2 hover:text-fg">
                {findTerm(other)?.name ?? other}
              </a>
            </span>
          ))}
        </p>
      </div>
    </section>
  );
}
