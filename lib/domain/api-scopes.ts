// What an API key may do: a closed list of scopes, each a noun and what may be done with it.
export const ALL_API_SCOPES = [
  'verify:write',
  'jobs:read',
  'jobs:write',
  'credits:read',
  'webhooks:write',
  'keys:admin',
] as const;
export type ApiScope = (typeof ALL_API_SCOPES)[number];

export const isApiScope = (word: string): word is ApiScope => ALL_API_SCOPES.some((scope) => scope === word);
