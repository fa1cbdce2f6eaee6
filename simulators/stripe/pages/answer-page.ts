// Maps addresses to pages.
import { Problem } from '../http/problem';
import type { World } from '../world';
import { checkoutPage, submitCheckout } from './checkout-page';
import { confirmPage, submitConfirm } from './confirm-page';
import { controlPage, submitControl } from './control-page';
import { html } from './html';
import { invoicePage, submitInvoice } from './invoice-page';
import { invoicePdf } from './invoice-pdf';
import { narrow, type PageAnswer, type PageHandler, type PageRequest } from './page';
import { portalPage, submitPortal } from './portal-page';

interface Address {
  pattern: RegExp;
  get: PageHandler;
  post?: PageHandler;
}

const ADDRESSES: readonly Address[] = [
  { pattern: /^\/()$/, get: controlPage, post: submitControl },
  { pattern: /^\/c\/pay\/(\w+)$/, get: checkoutPage, post: submitCheckout },
  { pattern: /^\/confirm\/(\w+)$/, get: confirmPage, post: submitConfirm },
  { pattern: /^\/i\/(\w+)$/, get: invoicePage, post: submitInvoice },
  { pattern: /^\/i\/(\w+)\/pdf$/, get: invoicePdf },
  { pattern: /^\/p\/session\/(\w+)$/, get: portalPage, post: submitPortal },
];

export function answerPage(world: World, { method, path, form }: PageRequest): PageAnswer {
  for (const { pattern, get, post } of ADDRESSES) {
    const id = pattern.exec(path)?.[1];
    const handler = method === 'POST' ? post : get;
    if (id !== undefined && handler) return answer(world, () => handler(world, id, form));
  }
  return notFound();
}

function answer(world: World, run: () => PageAnswer): PageAnswer {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return error.status === 404 ? notFound() : narrow('Not possible', html`<h1>${error.body.message}</h1>`, error.status);
  } finally {
    world.store.commit();
  }
}

const notFound = (): PageAnswer =>
  narrow(
    'Not found',
    html`<h1>There is no such page.</h1>
      <p><a href="/">Controls</a></p>`,
    404,
  );
