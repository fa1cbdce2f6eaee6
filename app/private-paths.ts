/**
 * Paths that search engines must not index. A rule covers every path with that prefix: `/verify` also covers `/verifications` and
 * `/verify-email`.
 */
export const PRIVATE_PATHS = [
  '/api/',
  '/v1/',
  '/compat/',
  '/check',
  '/dashboard',
  '/verify',
  '/lists',
  '/keys',
  '/webhooks',
  '/usage',
  '/billing',
  '/settings',
  '/operator',
  '/reset-password',
  '/magic-link',
  '/confirm-',
  '/dev/',
];
