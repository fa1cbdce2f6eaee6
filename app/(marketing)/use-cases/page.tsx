import { ShelfView } from '@/components/learn/shelf-view';
import { metadataOf } from '@/content/page';
import { USE_CASES } from '@/content/shelves';
import { env } from '@/lib/platform/env';

export const metadata = metadataOf(USE_CASES);

export default function UseCasesPage() {
  return <ShelfView shelf={USE_CASES} origin={env().APP_URL} />;
}
