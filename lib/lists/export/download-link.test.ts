import { afterEach, describe, expect, it, test, vi } from 'vitest';
import type { ExportWish } from '../rules/export';
import { DOWNLOAD_LINK_TTL_S } from '@/lib/platform/limits';
import { readDownload, signDownload, type DownloadLink } from './open-export';

const wish: ExportWish = { segment: 'send', filter: { status: 'risky', q: '@exämple.org' }, format: 'csv', bom: true };
const LINK: DownloadLink = { scope: { workspaceId: 'ws_1' }, listId: 'lst_1', wish };
const NOW = Date.parse('2026-11-26T10:00:00Z');

const secret = vi.hoisted(() => ({ value: 'a-secret-of-this-test-0123456789' }));
vi.mock('@/lib/platform/env', async (load) => ({ ...(await load<object>()), authSecret: () => secret.value }));
afterEach(() => {
  secret.value = 'a-secret-of-this-test-0123456789';
});

describe('a link', () => {
  it('opens what it was made for', () => {
    expect(readDownload(signDownload(LINK, NOW), NOW)).toEqual({ ok: true, value: LINK });
  });

  it('fits in a path', () => {
    expect(signDownload(LINK, NOW)).toMatch(/^[\w.-]{1,800}$/);
  });

  it('works until its last second, and then expires', () => {
    const token = signDownload(LINK, NOW);
    expect(readDownload(token, NOW + (DOWNLOAD_LINK_TTL_S - 1) * 1_000).ok).toBe(true);
    expect(readDownload(token, NOW + DOWNLOAD_LINK_TTL_S * 1_000)).toMatchObject({ ok: false, error: { code: 'gone' } });
  });

  it('is invalid after the secret has changed', () => {
    const token = signDownload(LINK, NOW);
    secret.value = 'another-secret-of-this-test-01234';
    expect(readDownload(token, NOW)).toMatchObject({ ok: false, error: { code: 'not_found' } });
  });

  it('is invalid if any character is changed', () => {
    const token = signDownload(LINK, NOW);
    for (let at = 0; at < token.length; at++) {
      const other = token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1);
      expect(readDownload(other, NOW)).toMatchObject({ ok: false, error: { code: 'not_found' } });
    }
  });

  it('can’t combine one list with the signature of another', () => {
    const [body] = signDownload({ ...LINK, listId: 'lst_2' }, NOW).split('.');
    const [, signature] = signDownload(LINK, NOW).split('.');
    expect(readDownload(`${body ?? ''}.${signature ?? ''}`, NOW).ok).toBe(false);
  });
});

test.each(['', '.', 'a', 'a.b', `${'a'.repeat(3_000)}.${'a'.repeat(43)}`, `a.${'a'.repeat(43)}`, `e30.${'A'.repeat(43)}`])(
  '%j is not a link',
  (token) => expect(readDownload(token, NOW)).toMatchObject({ ok: false, error: { code: 'not_found' } }),
);
