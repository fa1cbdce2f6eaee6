import type { ReactNode } from 'react';
import type { Question } from '@/components/marketing/faq';
import type { Page } from './page';

/** Where a fact comes from. */
export interface Source {
  title: string;
  url: string;
  /** ISO date on which it was read, because pages change; null for an RFC, which does not. */
  read: string | null;
}

export interface ArticleSection {
  /** The anchor of the heading. */
  id: string;
  heading: string;
  body: ReactNode;
  /** A figure as wide as the column, and the text after it. */
  figure?: ReactNode;
  after?: ReactNode;
}

/** The steps that a page teaches, for search engines, in addition to the text that people read. */
export interface HowTo {
  name: string;
  steps: readonly string[];
}

/** A page that answers one question. A new page is one such file and one line in shelves.ts. */
export interface Article extends Page {
  /** The short answer, above everything else. */
  lead: ReactNode;
  sections: readonly ArticleSection[];
  howTo?: HowTo;
  sources: readonly Source[];
  faq: readonly Question[];
  /** `first`: the main button; a new account by default. */
  callToAction: { title: string; text: string; first?: 'check' };
}

/** Articles that belong together, under one address. */
export interface Shelf extends Page {
  lead: string;
  articles: readonly Article[];
}

/** The last part of an article's address. */
export const slugOf = ({ path }: Page): string => path.slice(path.lastIndexOf('/') + 1);

export const findArticle = (shelf: Shelf, slug: string): Article | null =>
  shelf.articles.find((article) => slugOf(article) === slug) ?? null;
