import { ArticleView } from '@/components/learn/article-view';
import { security } from '@/content/security';
import { metadataOf } from '@/content/page';
import { env } from '@/lib/platform/env';

export const metadata = metadataOf(security);

export default function SecurityPage() {
  return <ArticleView article={security} shelf={null} origin={env().APP_URL} />;
}
