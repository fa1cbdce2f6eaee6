import { DocsView } from '@/components/docs/docs-view';
import { TryIt } from '@/components/docs/try-it';
import { apiReference } from '@/content/docs/api-reference';
import { tryCalls } from '@/content/docs/try-calls';
import { DOCS_GROUPS } from '@/content/docs/docs-pages';
import { metadataOf } from '@/content/page';

export const metadata = metadataOf(apiReference);

export default function ApiReferencePage() {
  return (
    <DocsView page={apiReference} groups={DOCS_GROUPS}>
      <section aria-labelledby="try-it" className="mt-10">
        <h2 id="try-it" className="scroll-mt-20 text-section font-semibold tracking-tight">
          Try it
        </h2>
        <TryIt calls={tryCalls} />
      </section>
    </DocsView>
  );
}
