// Links to an export that work for some minutes without a session or a key: for the browser that was given one, and for nobody who
// changes a character of it. What it opens (list, workspace, rows, kind of file, end) is in the link, signed by HMAC-SHA-256 with a key
// of its own, derived from AUTH_SECRET. Refuses what is forged or of an older secret as missing, and what is over as gone.
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { Scope } from '@/lib/data/scope';
import type { ExportWish } from '@/lib/domain/export';
import { DOWNLOAD_LINK_TTL_S } from '@/lib/domain/limits';
import { fail, ok, type Result } from '@/lib/errors';
import { linkPayloadSchema } from '@/lib/schemas/export-request';
import { authSecret } from '@/lib/services/auth/auth-secret';

export interface DownloadLink {
  scope: Scope;
  listId: string;
  wish: ExportWish;
}

const PURPOSE = 'email-verifier download link 1';
const TOKEN = /^([\w-]{1,2000})\.([\w-]{43})$/;
const KEY_BYTES = 32;

/** The token of a link; whether the list can be exported at all is asked when it is followed. */
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
