// What a scope of an API key allows, in words. A scope without words here is shown by its name.
const SCOPE_LABEL = new Map([
  ['verify:write', 'Verify addresses'],
  ['lists:read', 'Read lists'],
  ['lists:write', 'Start and change lists'],
  ['credits:read', 'Read credits and usage'],
  ['webhooks:write', 'Manage webhooks'],
  ['keys:admin', 'Manage API keys'],
]);

export const scopeLabel = (scope: string): string => SCOPE_LABEL.get(scope) ?? scope;

/** Scopes whose calls this release answers; the others may be given already and begin to work with the release that has them. */
const ANSWERED = new Set(['verify:write', 'lists:read', 'lists:write', 'credits:read', 'webhooks:write']);

export const scopeHint = (scope: string): string => (ANSWERED.has(scope) ? scope : `${scope}, for a later release`);
