// A refusal for a person whose browser opened a URL of ours that is not a page: one sentence and a link back. Loads nothing from
// outside itself, and only its own styles can apply.
import 'server-only';
import { databaseAway } from '../db/database-away';
import { ERRORS, type AppError } from '../errors';
import { escapeHtml } from '../mail/compose';

export const wantsPage = (headers: Headers): boolean => headers.get('accept')?.includes('text/html') === true;

export function refusalPage(error: AppError, back: string): Response {
  const { title } = ERRORS[error.code];
  const detail = error.message === title ? '' : `<p>${escapeHtml(error.message)}</p>`;
  const html = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)} · Email Verifier</title>
<style>:root{color-scheme:light dark}body{margin:0;padding:64px 24px;font:16px/24px system-ui,sans-serif}main{max-width:520px;margin:0 auto}h1{font-size:24px;line-height:32px}</style></head>
<body><main><h1>${escapeHtml(title)}</h1>${detail}<p><a href="${escapeHtml(back)}">${error.code === 'unavailable' ? 'Try again' : 'Go back'}</a></p></main></body></html>`;
  return new Response(html, {
    status: error.status,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
      'Referrer-Policy': 'same-origin',
      ...(error.retryAfterS !== null && { 'Retry-After': String(error.retryAfterS) }),
    },
  });
}

/** Runs a route that is not a page; while the database is away it answers with a page that links to the same URL again. */
export async function comeBackLater(address: string, work: () => Promise<Response>): Promise<Response> {
  try {
    return await work();
  } catch (error) {
    const away = databaseAway(error);
    if (away === null) throw error;
    return refusalPage(away, address);
  }
}
