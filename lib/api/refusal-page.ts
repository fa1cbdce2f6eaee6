// A refusal for a person whose browser went to an address of ours that is no page: one sentence and a way back. Refers to nothing outside
// itself, and no script or style but its own can run in it.
import 'server-only';
import { ERRORS, type AppError } from '@/lib/errors';
import { escapeHtml } from '@/lib/mail/compose-mail';

export const wantsPage = (headers: Headers): boolean => headers.get('accept')?.includes('text/html') === true;

export function refusalPage(error: AppError, back: string): Response {
  const { title } = ERRORS[error.code];
  const detail = error.message === title ? '' : `<p>${escapeHtml(error.message)}</p>`;
  const html = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)} · Email Verifier</title>
<style>:root{color-scheme:light dark}body{margin:0;padding:64px 24px;font:16px/24px system-ui,sans-serif}main{max-width:520px;margin:0 auto}h1{font-size:24px;line-height:32px}</style></head>
<body><main><h1>${escapeHtml(title)}</h1>${detail}<p><a href="${escapeHtml(back)}">Go back</a></p></main></body></html>`;
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
