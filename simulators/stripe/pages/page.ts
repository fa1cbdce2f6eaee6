// Types of a page's request and answer.
import type { World } from '../world';
import type { Html } from './html';
import { layout, type Page } from './layout';

export interface PageRequest {
  method: string;
  path: string;
  form: URLSearchParams;
}

export interface PageAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** `id` comes from the path. */
export type PageHandler = (world: World, id: string, form: URLSearchParams) => PageAnswer;

export const show = (page: Page, status = 200): PageAnswer => ({
  status,
  headers: {
    'Content-Type': 'text/html; charset=utf-8',
    'Cache-Control': 'no-store',
    // With no-referrer, our own forms would be sent without their origin.
    'Referrer-Policy': 'same-origin',
    'X-Frame-Options': 'DENY',
  },
  body: layout(page).text,
});

export const goTo = (location: string): PageAnswer => ({ status: 303, headers: { Location: location }, body: '' });

export const narrow = (title: string, body: Html, status = 200): PageAnswer => show({ title, body, isNarrow: true }, status);
