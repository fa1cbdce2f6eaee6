// Links to an export that work for some minutes without a session or a key: for the browser that was given one, and for nobody
// who changes a character of it. What a link opens (list, workspace, rows, file format, expiry) is in it, signed by
// HMAC-SHA-256 with a key of its own that is derived from AUTH_SECRET. Refuses links that are forged or signed with an older
// secret as missing, and expired ones as gone.
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { Scope } from '@/lib/platform/scope';
import type { ExportWish } from '../rules/export';
import { DOWNLOAD_LINK_TTL_S } from '@/lib/platform/limits';
import { fail, ok, type Result } from '@/lib/platform/errors';
import { linkPayloadSchema } from '../requests';
import { authSecret } from '@/lib/platform/auth-secret';

export interface DownloadLink {
  scope: Scope;
  listId: string;
  wish: ExportWish;
}

const PURPOSE = 'email-verifier download link 1';
const TOKEN = /^([\w-]{1,2000})\.([\w-]{43})$/;
const KEY_BYTES = 32;

/** The token of a link. Whether the list can be exported at all is checked when the link is followed. */
export function signDownload({ scope, listId, wish }: DownloadLink, now = Date.now()): string {
  const until = Math.floor(now / 1_000) + DOWNLOAD_LINK_TTL_S;
  const body = Buffer.from(JSON.stringify({ list: listId, workspace: scope.workspaceId, until, wish })).toString('base64url');
  return `${body}.${signatureOf(body)}`;
}

export function readDownload(token: string, now = Date.now()): Result<DownloadLink> {
  const [, body = '', signature = ''] = TOKEN.exec(token) ?? [];
  // As text: base64 has several spellings of the same bytes.
  const given = Buffer.from(signature);
  const right = Buffer.from(signatureOf(body));
  if (given.length !== right.length || !timingSafeEqual(given, right)) return fail('not_found');
  const parsed = linkPayloadSchema.safeParse(JSON.parse(Buffer.from(body, 'base64url').toString()));
  if (!parsed.success) return fail('not_found');
  const { list, workspace, until, wish } = parsed.data;
  if (until * 1_000 <= now) return fail('gone', { detail: 'This link is over. Get a new one on the page of the list.' });
  return ok({ scope: { workspaceId: workspace }, listId: list, wish });
}

function signatureOf(body: string): string {
  const key = Buffer.from(hkdfSync('sha256', authSecret(), '', PURPOSE, KEY_BYTES));
  return createHmac('sha256', key).update(body).digest('base64url');
}
