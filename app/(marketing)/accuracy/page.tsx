import { ArticleView } from '@/components/learn/article-view';
import { accuracyArticle } from '@/content/accuracy-article';
import { metadataOf } from '@/content/page';
import { env } from '@/lib/platform/env';

export const metadata = metadataOf(accuracyArticle);

export default function AccuracyPage() {
  return <ArticleView article={accuracyArticle} shelf={null} origin={env().APP_URL} />;
}
