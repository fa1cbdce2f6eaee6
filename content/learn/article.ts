import type { ReactNode } from 'react';
import type { Question } from '@/components/marketing/faq';

export interface ArticleSection {
  /** The anchor of the heading. */
  id: string;
  heading: string;
  body: ReactNode;
}

/** One page under /learn: everything that differs from page to page. A new page is one such file and one line in articles.ts. */
export interface LearnArticle {
  slug: string;
  /** The question that the page answers. */
  title: string;
  /** For search results and the list of articles. */
  description: string;
  /** ISO date of the last change to the words. */
  updated: string;
  /** The answer in a nutshell, above everything else. */
  lead: ReactNode;
  sections: readonly ArticleSection[];
  faq: readonly Question[];
  callToAction: { title: string; text: string };
}
