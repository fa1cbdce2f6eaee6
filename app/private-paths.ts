/** Not for search engines. A rule covers every path that begins with it: `/verify` also `/verifications` and `/verify-email`. */
export const PRIVATE_PATHS = [
  '/api/',
  '/v1/',
  '/compat/',
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
