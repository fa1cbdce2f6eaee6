// Public pages are read more than they are used, so they sleep: the page is whole without scripts, and those of React and Next, 130 kB, are
// named in it but not loaded until somebody uses a control (components/ui/early-events.ts wakes the page, and keeps what is pressed meanwhile).
// Promises that nothing but a page of HTML is changed, and only where it says so.
import type { ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { doesSleep } from '@/content/reading-path';
import { type Handle, hold } from './whole-answers';

/** Next's own files, and not what browsers of long ago load in their place. */
const SCRIPT = /<script\b(?![^>]*\bnomodule\b)([^>]*?)\ssrc="(\/_next\/static\/[^"]+)"/gi;
const PRELOAD = /<link\b(?=[^>]*\brel="preload")(?=[^>]*\bas="script")[^>]*>/gi;

export const putToSleep = (html: string): string => html.replaceAll(PRELOAD, '').replaceAll(SCRIPT, '<script$1 data-asleep="$2"');

/** Wraps a handler: pages that sleep are held until they are complete, changed, compressed and sent. */
export function withSleepingPages(handle: Handle): Handle {
  return async (request, response) => {
    const accepted = request.headers['accept-encoding']?.toString() ?? '';
    if (request.method !== 'GET' || !doesSleep((request.url ?? '').split('?', 1)[0] ?? '')) return handle(request, response);
    // Next would compress what has yet to be changed.
    delete request.headers['accept-encoding'];
    // Next is done when the answer has been sent.
    await Promise.all([hold(response).then((body) => send(response, body, accepted)), handle(request, response)]);
  };
}

async function send(response: ServerResponse, body: Buffer, accepted: string): Promise<void> {
  // Next's document for an error is empty until React has filled it.
  const isPage = response.statusCode === 200 && String(response.getHeader('content-type')).startsWith('text/html');
  if (!isPage || response.headersSent) return void response.end(body);
  const html = Buffer.from(putToSleep(body.toString()));
  const encoding = encodingFor(accepted);
  const sent = encoding === null ? html : await COMPRESS[encoding](html);
  if (encoding !== null) response.setHeader('Content-Encoding', encoding);
  if (!/accept-encoding/i.test(String(response.getHeader('vary')))) response.appendHeader('Vary', 'Accept-Encoding');
  response.setHeader('Content-Length', sent.length);
  response.end(sent);
}

/** As hard as it pays for a page that is made for each request. */
const BROTLI_QUALITY = 5;
const brotli = promisify<Buffer, { params: Record<number, number> }, Buffer>(brotliCompress);
const COMPRESS = {
  br: (body: Buffer) => brotli(body, { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } }),
  gzip: promisify<Buffer, Buffer>(gzip),
};

function encodingFor(accepted: string): keyof typeof COMPRESS | null {
  const offers = accepted.split(',').map((offer) => offer.trim());
  return (['br', 'gzip'] as const).find((encoding) => offers.includes(encoding)) ?? null;
}
