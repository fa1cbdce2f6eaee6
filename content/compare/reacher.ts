import type { Comparison } from './comparison';

const READ = '2026-11-29';
const README = {
  title: 'Reacher: check-if-email-exists',
  url: 'https://github.com/reacherhq/check-if-email-exists',
  read: READ,
};
const LICENSE = {
  title: 'Reacher: license',
  url: 'https://github.com/reacherhq/check-if-email-exists/blob/HEAD/LICENSE.md',
  read: READ,
};
const FAQ = { title: 'Reacher: FAQ (August 15, 2022)', url: 'https://help.reacher.email/faq', read: READ };
const BULK = {
  title: 'Reacher: Bulk email verification (December 22, 2023)',
  url: 'https://help.reacher.email/bulk-email-verification',
  read: READ,
};

export const reacher: Comparison = {
  path: '/compare/reacher',
  name: 'Reacher',
  title: 'Email Verifier and Reacher compared',
  description:
    'Reacher and Email Verifier side by side: two open-source verifiers, their licenses, what each ships with, and what Reacher does better.',
  updated: '2026-11-29',
  lead: 'Both are open source and run on your own machines. Reacher is a verification engine with an HTTP server; Email Verifier is a whole product around one.',
  facts: {
    charged: {
      text: 'Hosted: plans by volume, with a small free tier. On your own machines: no charge for a check.',
      source: FAQ,
    },
    free: { text: 'Hosted: 50 verifications a month on the free tier.', source: FAQ },
    answers: {
      text: 'Safe, risky, invalid or unknown, with yes-or-no fields such as is_catch_all, has_full_inbox and is_disabled.',
      source: README,
    },
    evidence: {
      text: 'The fields say what was concluded. For an unknown, error fields of the SMTP and MX parts hold details.',
      source: README,
    },
    api: {
      text: 'Single checks over HTTP. Lists need the commercial license and a RabbitMQ server, and are not in the hosted plan of 10,000 a month.',
      source: BULK,
    },
    guarantee: { text: 'Under 3% hard bounces for safe addresses, and 99% certainty for invalid ones.', source: FAQ },
    selfHosting: {
      text: 'AGPL or a commercial license, which is needed to offer it over a network without disclosing your own source.',
      source: LICENSE,
    },
  },
  better: [
    { text: 'It is also a Rust library, which you can build into your own program.', source: README },
    { text: 'It starts as one container without a database, which is enough for single checks.', source: README },
    { text: 'It can talk through a SOCKS5 proxy. We need outbound port 25 on the machine itself.', source: README },
  ],
  advice: {
    them: 'Choose Reacher if you want a small engine to call from your own code, and its license suits you.',
    us: 'Choose Email Verifier if you need lists, accounts, webhooks, evidence and retries that survive a restart, under the MIT license.',
  },
  faq: [
    {
      question: 'Does our code have to change?',
      answer:
        'Code that calls /v0/check_email, /v1/check_email or /v1/bulk keeps working under /compat/reacher with one of our keys, and a bulk job’s webhook is called for each address. Settings that say how to ask mail hosts (sender, HELO, proxy) are not used, because our engine decides that.',
    },
    {
      question: 'Which license does Email Verifier have?',
      answer:
        'MIT. You may run it, change it and offer it to others without disclosing your changes, as long as you keep its notice.',
    },
    {
      question: 'Do both need port 25?',
      answer:
        'Yes, for anything beyond spelling and DNS. Most home connections and clouds block it; ask your provider before you plan.',
    },
  ],
};
