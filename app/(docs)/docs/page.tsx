import { DocsView } from '@/components/docs/docs-view';
import { DOCS_GROUPS } from '@/content/docs/docs-pages';
import { quickStart } from '@/content/docs/quick-start';
import { metadataOf } from '@/content/page';
import { env } from '@/lib/platform/env';

export const metadata = metadataOf(quickStart);

export default function DocsStartPage() {
  return <DocsView page={quickStart} groups={DOCS_GROUPS} origin={env().APP_URL} />;
}
