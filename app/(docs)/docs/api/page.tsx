import { DocsView } from '@/components/docs/docs-view';
import { TryIt } from '@/components/docs/try-it';
import { apiReference } from '@/content/docs/api-reference';
import { tryCalls } from '@/content/docs/try-calls';
import { DOCS_GROUPS } from '@/content/docs/docs-pages';
import { metadataOf } from '@/content/page';
import { env } from '@/lib/platform/env';

export const metadata = metadataOf(apiReference);

export default function ApiReferencePage() {
  const console = { id: 'try-it', heading: 'Try it', body: <TryIt calls={tryCalls} /> };
  return <DocsView page={apiReference} groups={DOCS_GROUPS} origin={env().APP_URL} extra={console} />;
}
