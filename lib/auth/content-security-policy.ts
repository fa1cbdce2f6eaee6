// What a page may load and run: scripts that carry this answer's nonce and what those load, everything else from this site
// only. Styles may be inline: the component libraries set style attributes. Forms may go on to the sign-in providers.

export interface PolicyInput {
  nonce: string;
  isDev: boolean;
  isHttps: boolean;
}

/** Browsers apply form-action to where a form's answer redirects to as well. */
const SIGN_IN_PROVIDERS = 'https://accounts.google.com https://github.com';

export function contentSecurityPolicy({ nonce, isDev, isHttps }: PolicyInput): string {
  return [
    "default-src 'self'",
    // React's development build needs eval to rebuild server stacks.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDev ? " 'unsafe-eval'" : ''}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self'",
    `connect-src 'self'${isDev ? ' ws: wss:' : ''}`,
    "object-src 'none'",
    "frame-src 'self'",
    "base-uri 'self'",
    `form-action 'self' ${SIGN_IN_PROVIDERS}`,
    "frame-ancestors 'none'",
    ...(isHttps ? ['upgrade-insecure-requests'] : []),
  ].join('; ');
}
