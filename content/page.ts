// What search engines and links to a page show of it. Made from the page's own data, so that each has all of it.
import type { Metadata } from 'next';
import { PRODUCT_NAME } from '@/components/shell/logo';

export interface Page {
  path: string;
  /** Also its heading. The product's name is added to it in the tab. */
  title: string;
  description: string;
  /** ISO date of the last change to the words. */
  updated: string;
}

export function metadataOf({ path, title, description, updated }: Page): Metadata {
  return {
    title,
    description,
    alternates: { canonical: path },
    openGraph: { type: 'article', siteName: PRODUCT_NAME, url: path, title, description, modifiedTime: updated },
    twitter: { card: 'summary', title, description },
  };
}
