import { PageHead } from '@/components/learn/page-head';
import { PageList } from '@/components/learn/shelf-view';
import { JsonLd } from '@/components/marketing/json-ld';
import { COMPARE, COMPARISONS } from '@/content/compare/comparisons';
import { metadataOf } from '@/content/page';
import { shelfData } from '@/content/structured-data';
import { env } from '@/lib/platform/env';

export const metadata = metadataOf(COMPARE);

export default function ComparePage() {
  return (
    <div className="mx-auto max-w-5xl px-4 py-12 sm:px-6 sm:py-16">
      <PageHead
        page={COMPARE}
        lead="What each service charges for, what it says about an address, and what it does better than we do. Facts have a source and the day on which it was read, some of them in an archived copy; prices and rules change, so follow the link before you decide."
      />
      <PageList pages={COMPARISONS} />
      <JsonLd data={shelfData(COMPARE, COMPARISONS, env().APP_URL)} />
    </div>
  );
}
