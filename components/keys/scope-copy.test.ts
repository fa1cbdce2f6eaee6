import { expect, it } from 'vitest';
import { ALL_API_SCOPES } from '@/lib/accounts/rules/keys';
import { permissionWords } from './scope-copy';

it('a key that may do everything says so in two words', () => {
  expect(permissionWords(ALL_API_SCOPES)).toBe('All permissions');
  expect(permissionWords([...ALL_API_SCOPES].reverse())).toBe('All permissions');
});

it('any other key names each permission, as one phrase', () => {
  expect(permissionWords(ALL_API_SCOPES.slice(1))).toMatch(/^Read verifications, read lists, /);
  expect(permissionWords(['verify:write', 'keys:admin'])).toBe('Verify addresses, manage API keys');
  expect(permissionWords(['verify:write'])).toBe('Verify addresses');
});

it('a scope without words is shown by its name', () => {
  expect(permissionWords(['verify:write', 'mail:read'])).toBe('Verify addresses, mail:read');
});
