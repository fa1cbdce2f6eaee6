// What a page may load and run: scripts that carry this answer's nonce and what those load, everything else from this site
// only. Styles may be inline: the component libraries set style attributes. Forms may go on to the sign-in providers and to the pages
// where money is paid.

export interface PolicyInput {
  nonce: string;
  isDev: boolean;
  isHttps: boolean;
  /** STRIPE_API_BASE: its stand-in's pages are at the same address. */
  stripeBase?: string | undefined;
}

/** Browsers apply form-action to where a form's answer redirects to as well. */
const SIGN_IN_PROVIDERS = 'https://accounts.google.com https://github.com';

const PAYMENT_PAGES = 'https://checkout.stripe.com https://billing.stripe.com https://invoice.stripe.com';

export function contentSecurityPolicy({ nonce, isDev, isHttps, stripeBase }: PolicyInput): string {
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
    `form-action 'self' ${SIGN_IN_PROVIDERS} ${PAYMENT_PAGES}${stripeBase === undefined ? '' : ` ${new URL(stripeBase).origin}`}`,
    "frame-ancestors 'none'",
    ...(isHttps ? ['upgrade-insecure-requests'] : []),
  ].join('; ');
}
