import { DocsView } from '@/components/docs/docs-view';
import { apiReference } from '@/content/docs/api-reference';
import { DOCS_GROUPS } from '@/content/docs/docs-pages';
import { metadataOf } from '@/content/page';

export const metadata = metadataOf(apiReference);

export default function ApiReferencePage() {
  return <DocsView page={apiReference} groups={DOCS_GROUPS} />;
}
