import Link from 'next/link';
import { type Comparison, TOPIC_LABEL, TOPICS } from '@/content/compare/comparison';
import { OURS } from '@/content/compare/ours';
import { FactSource } from './fact-source';

/** The other service and us, topic by topic. On a phone each topic is a separate block, so that nothing scrolls sideways. */
export function ComparisonTable({ comparison: { name, facts } }: { comparison: Comparison }) {
  return (
    <div role="table" aria-label={`${name} and Email Verifier`} className="rounded-card border border-hairline text-body">
      <div role="rowgroup" className="hidden rounded-t-card bg-raised text-table font-medium text-muted md:block">
        <div role="row" className="grid grid-cols-[10rem_1fr_1fr] gap-6 px-5 py-2.5">
          <span role="columnheader">Topic</span>
          <span role="columnheader">{name}</span>
          <span role="columnheader">Email Verifier</span>
        </div>
      </div>
      <div role="rowgroup">
        {TOPICS.map((topic) => {
          const fact = facts[topic];
          return (
            <div
              key={topic}
              role="row"
              className="gap-6 border-t border-hairline px-4 py-4 first:border-t-0 sm:px-5 md:grid md:grid-cols-[10rem_1fr_1fr] md:first:border-t"
            >
              <span role="rowheader" className="block font-semibold">
                {TOPIC_LABEL[topic]}
              </span>
              <div role="cell" className="mt-2 md:mt-0">
                <p className="text-meta font-medium text-subtle md:hidden">{name}</p>
                {fact === undefined ? (
                  <p className="text-muted">Not found on the pages we read.</p>
                ) : (
                  <>
                    <p>{fact.text}</p>
                    <FactSource source={fact.source} />
                  </>
                )}
              </div>
              <div role="cell" className="mt-3 md:mt-0">
                <p className="text-meta font-medium text-subtle md:hidden">Email Verifier</p>
                <p>{OURS[topic].text}</p>
                <Link href={OURS[topic].href} className="mt-1 block text-meta text-subtle underline underline-offset-2">
                  {OURS[topic].more}
                </Link>
              </div>
            </div>
          );
        })}
      </div>
    </div>
  );
}
