// What a page may load and run: scripts with this response's nonce and whatever those load, and otherwise only content from this site.
// Inline styles are allowed because the component libraries set style attributes. Forms may lead to the sign-in providers and the payment
// pages.

export interface PolicyInput {
  nonce: string;
  isDev: boolean;
  isHttps: boolean;
  /** STRIPE_API_BASE: the pages of the stand-in for Stripe have the same address. */
  stripeBase?: string | undefined;
}

/** Browsers also apply form-action to the redirects of a form's response. */
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
