import { expect, test } from 'vitest';
import { contentSecurityPolicy } from './content-security-policy';

const of = (stripeBase?: string) => contentSecurityPolicy({ nonce: 'n', isDev: false, isHttps: true, stripeBase });
const formAction = (policy: string): string => policy.split('; ').find((rule) => rule.startsWith('form-action')) ?? '';

test('a form sent before the page’s scripts have loaded may redirect to the payment page', () => {
  expect(formAction(of())).toContain(' https://checkout.stripe.com');
  expect(formAction(of('http://127.0.0.1:4242/'))).toMatch(/ http:\/\/127\.0\.0\.1:4242$/);
});

test('no page of this site may be framed, and nothing may be loaded from elsewhere', () => {
  const policy = of();
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).toContain("default-src 'self'");
  expect(policy).not.toContain('stripe.com https://js.');
});
