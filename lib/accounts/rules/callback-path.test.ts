import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { safeCallbackPath } from './account';

test.each(['/dashboard', '/verifications/ver_1?tab=evidence#smtp', '/settings'])('the path %s of this site is kept', (path) => {
  expect(safeCallbackPath(path)).toBe(path);
});

test.each([
  'https://evil.example/',
  '//evil.example/',
  '///evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  ' //evil.example',
  '/./\\evil.example',
  '/.//evil.example',
  '/x/..//evil.example',
  'javascript:alert(1)',
  'http:/evil.example',
  '',
  null,
  undefined,
  ['/dashboard'],
  '/signin?callbackUrl=/signin',
  '/api/auth/signout',
  `/${'a'.repeat(3_000)}`,
])('%s leads to the first page', (wanted) => {
  expect(safeCallbackPath(wanted)).toBe('/dashboard');
});

test('nothing ever leads to another site', () => {
  const site = 'https://app.example';
  const piece = fc.constantFrom(
    '/',
    '\\',
    '.',
    '..',
    ':',
    '@',
    '?',
    '#',
    '\t',
    '\r\n',
    '%2f',
    '%5c',
    'evil.example',
    'http:',
    'a',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
      expect(new URL(safeCallbackPath(pieces.join('')), site).origin).toBe(site);
    }),
  );
});
