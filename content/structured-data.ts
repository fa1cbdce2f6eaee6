// Structured data (schema.org) made from the same content that people read, so that the two can't drift apart.
import type { Question } from '@/components/marketing/faq';
import type { LearnArticle } from './learn/article';

export const faqData = (questions: readonly Question[]) => ({
  '@type': 'FAQPage',
  mainEntity: questions.map((item) => ({
    '@type': 'Question',
    name: item.question,
    acceptedAnswer: { '@type': 'Answer', text: item.answer },
  })),
});

/** `origin` is the address of this site without a slash at its end. */
export const articleData = (article: LearnArticle, origin: string) => ({
  '@graph': [
    {
      '@type': 'Article',
      headline: article.title,
      description: article.description,
      dateModified: article.updated,
      inLanguage: 'en',
      mainEntityOfPage: `${origin}/learn/${article.slug}`,
      publisher: { '@type': 'Organization', name: 'Email Verifier', url: origin },
    },
    faqData(article.faq),
    {
      '@type': 'BreadcrumbList',
      itemListElement: [
        { '@type': 'ListItem', position: 1, name: 'Learn', item: `${origin}/learn` },
        { '@type': 'ListItem', position: 2, name: article.title, item: `${origin}/learn/${article.slug}` },
      ],
    },
  ],
});
