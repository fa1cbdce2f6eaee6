// Serves /.well-known/security.txt: where to report a vulnerability in this installation (RFC 9116). It is generated, because the address
// is the operator's and the expiry date must stay in the future. If no address is set, the file does not exist; the repository's
// SECURITY.md says what to do then.
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
