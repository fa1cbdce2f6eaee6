// What the HTTP server itself refuses, before our code or Next's reads the request. It refuses in the API's format whatever the path,
// because no part of the product has such an address, method or head. A request that could not be parsed has no response object, so its
// answer is written to the socket.
import { STATUS_CODES, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { type ErrorCode, ERRORS } from '@/lib/platform/errors';
import { newId } from '@/lib/platform/ids';
import { REQUEST_HEAD_MAX_BYTES } from '@/lib/platform/limits';

interface Refusal {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string;
}

/** How long to read on after a refusal: closing at once would reset the connection before a client that still sends reads the answer. */
const DRAIN_MS = 2_000;

/** On every answer, files and the API included. */
export function strictHeaders(publicUrl: string): Record<string, string> {
  return {
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'strict-origin-when-cross-origin',
    ...(publicUrl.startsWith('https:') && { 'Strict-Transport-Security': 'max-age=31536000; includeSubDomains' }),
  };
}

function refusalOf(code: ErrorCode, detail: string): Refusal {
  const requestId = newId('request');
  const { title, status } = ERRORS[code];
  return {
    status,
    headers: { 'Content-Type': 'application/problem+json', 'Cache-Control': 'no-store', 'X-Request-Id': requestId },
    body: JSON.stringify({
      type: `urn:email-verifier:problem:${code}`,
      title,
      status,
      detail,
      code,
      request_id: requestId,
    }),
  };
}

export function refuse(response: ServerResponse, code: ErrorCode, detail: string): void {
  const { status, headers, body } = refusalOf(code, detail);
  response.writeHead(status, headers).end(body);
}

const HEAD_TOO_LARGE = `The request line and the headers are more than ${REQUEST_HEAD_MAX_BYTES / 1_024} KB together.`;

/** Refuses a request that Node could not parse, by the code of Node's error. */
export function refuseUnread({ code }: NodeJS.ErrnoException, socket: Duplex, publicUrl: string): void {
  // The socket is closed already, by the client or by us, and further bytes raise the error again.
  if (code === 'ECONNRESET' || !socket.writable) return;
  socket.end(headOf(code, publicUrl));
  const tired = setTimeout(() => socket.destroy(), DRAIN_MS);
  socket.once('close', () => clearTimeout(tired));
}

function headOf(code: string | undefined, publicUrl: string): string {
  // Node's own answer: the request came too slowly, so there is none to refuse.
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return 'HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n';
  const { status, headers, body } =
    code === 'HPE_HEADER_OVERFLOW'
      ? refusalOf('head_too_large', HEAD_TOO_LARGE)
      : refusalOf('invalid_request', 'This is not HTTP as RFC 9112 describes it.');
  const lines = Object.entries({ ...headers, ...strictHeaders(publicUrl), 'Content-Length': Buffer.byteLength(body) });
  const head = [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines.map(([name, value]) => `${name}: ${value}`)];
  return [...head, 'Connection: close', '', body].join('\r\n');
}
