// What each scope of an API key allows, in words. A scope without words here is shown by its name.
import { ALL_API_SCOPES } from '@/lib/accounts/rules/keys';

const SCOPE_LABEL = new Map([
  ['verify:write', 'Verify addresses'],
  ['verifications:read', 'Read verifications'],
  ['lists:read', 'Read lists'],
  ['lists:write', 'Start and change lists'],
  ['credits:read', 'Read credits and usage'],
  ['webhooks:write', 'Manage webhooks'],
  ['keys:admin', 'Manage API keys'],
]);

export const scopeLabel = (scope: string): string => SCOPE_LABEL.get(scope) ?? scope;

/** All that a key may do, as one phrase: “Read lists, start and change lists”. */
export function permissionWords(scopes: readonly string[]): string {
  if (ALL_API_SCOPES.every((scope) => scopes.includes(scope))) return 'All permissions';
  const [first, ...others] = scopes.map(scopeLabel);
  return [first, ...others.map((label) => label.charAt(0).toLowerCase() + label.slice(1))].join(', ');
}
