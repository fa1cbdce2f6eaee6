import { ShelfView } from '@/components/learn/shelf-view';
import { ACCURACY_PAGE } from '@/content/accuracy';
import { GLOSSARY } from '@/content/glossary/glossary';
import { metadataOf } from '@/content/page';
import { LEARN } from '@/content/shelves';
import { env } from '@/lib/platform/env';

export const metadata = metadataOf(LEARN);

export default function LearnPage() {
  return <ShelfView shelf={LEARN} also={[GLOSSARY, ACCURACY_PAGE]} origin={env().APP_URL} />;
}
