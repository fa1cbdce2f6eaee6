// What each scope of an API key allows, in words. A scope without words here is shown by its name.
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
