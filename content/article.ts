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
  /** Something to look at, as wide as the column, and the text that goes on behind it. */
  figure?: ReactNode;
  after?: ReactNode;
}

/** What a page teaches to do, step by step: for search engines, beside the text that people read. */
export interface HowTo {
  name: string;
  steps: readonly string[];
}

/** A page that answers one question: everything that differs from page to page. A new page is one such file and one line in shelves.ts. */
export interface Article extends Page {
  /** The answer in a nutshell, above everything else. */
  lead: ReactNode;
  sections: readonly ArticleSection[];
  howTo?: HowTo;
  sources: readonly Source[];
  faq: readonly Question[];
  /** `first`: the button that its words lead to, a new account unless given. */
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
