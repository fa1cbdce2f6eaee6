// What search engines and link previews show of a page, made from the page's own data so that every page has all of it.
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

/** The address of a page's picture: "/og/pricing.png", "/og/index.png". */
export const pictureOf = ({ path }: Pick<Page, 'path'>): string => `/og${path === '/' ? '/index' : path}.png`;

export const PICTURE_SIZE = { width: 1200, height: 630 } as const;

export function metadataOf(page: Page): Metadata {
  const { path, title, description, updated } = page;
  const picture = { url: pictureOf(page), ...PICTURE_SIZE, alt: `${PRODUCT_NAME}: ${title}`, type: 'image/png' };
  return {
    title,
    description,
    alternates: { canonical: path },
    openGraph: {
      type: 'article',
      siteName: PRODUCT_NAME,
      url: path,
      title,
      description,
      modifiedTime: updated,
      images: [picture],
    },
    twitter: { card: 'summary_large_image', title, description, images: [picture] },
  };
}
