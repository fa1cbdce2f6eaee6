// At /.well-known/security.txt: whom to tell about a hole in this installation (RFC 9116). Made by code, because the address is the operator's and the date may not pass;
// where no address is set there is no such file, and SECURITY.md of the repository says what to do.
import { env } from '@/lib/platform/env';

export const dynamic = 'force-dynamic';

const VALID_FOR_MS = 90 * 24 * 3_600_000;

export function GET(): Response {
  const { APP_URL: origin, CONTACT_EMAIL: contact } = env();
  if (contact === undefined) return new Response('Not found\n', { status: 404 });
  const lines = [
    `Contact: mailto:${contact}`,
    `Expires: ${new Date(Date.now() + VALID_FOR_MS).toISOString()}`,
    'Preferred-Languages: en',
    `Canonical: ${new URL('/.well-known/security.txt', origin).href}`,
  ];
  return new Response(`${lines.join('\n')}\n`, { headers: { 'Content-Type': 'text/plain; charset=utf-8' } });
}
