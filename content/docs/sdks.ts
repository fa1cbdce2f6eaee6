import { example, list, table, text, type DocsPage } from './docs-page';

export const sdks: DocsPage = {
  path: '/docs/sdks',
  label: 'SDKs',
  title: 'SDKs',
  description:
    'Clients in TypeScript, Python, PHP, Ruby, Go, Java and Rust: the same calls, names and manners. What each needs and how to install it.',
  updated: '2026-11-29',
  lead: 'Seven languages, one behavior: each SDK passes the same cases against the same server, and every example of these pages is run in tests.',
  sections: [
    {
      id: 'install',
      heading: 'Install',
      blocks: [
        table(
          'SDKs',
          ['Language', 'Package', 'Needs', 'Depends on'],
          [
            ['TypeScript, JavaScript', '`npm install email-verifier`', 'Node 18, Deno, Bun, browsers, edge runtimes', 'nothing'],
            ['Python', '`pip install email-verifier`', '3.9', 'nothing'],
            ['PHP', '`composer require email-verifier/email-verifier`', '8.1 with curl', 'nothing'],
            ['Ruby', '`gem install email_verifier_client`', '3.0', 'nothing'],
            ['Go', '`go get github.com/email-verifier/email-verifier-go`', '1.21', 'nothing'],
            ['Java', '`dev.emailverifier:email-verifier`', '11', 'Gson'],
            ['Rust', '`cargo add email-verifier`', '1.75', 'ureq, serde'],
          ],
        ),
        text('All read `EMAIL_VERIFIER_API_KEY` and `EMAIL_VERIFIER_BASE_URL`; both can be given to the client as well.'),
        example('verify-one', 'Verify one address'),
      ],
    },
    {
      id: 'manners',
      heading: 'What all of them do',
      blocks: [
        list(
          '**Retry** after 429, 5xx, time-outs and broken connections: twice unless you say otherwise, with growing waits, or when `Retry-After` says.',
          '**Charge once**: calls that spend carry an [`Idempotency-Key`](/docs/idempotency), the same on each attempt.',
          '**Stream** files up and down, with progress.',
          '**Turn pages** by themselves: walk over rows, verifications or the ledger as over any list.',
          '**Tell errors apart** by their type, with `code`, status, request id and the seconds to wait.',
          '**Check webhooks** with one function.',
          '**Ignore** fields and reasons that a later API adds.',
        ),
      ],
    },
    { id: 'errors', heading: 'Errors', blocks: [example('handle-errors', 'Handle an error')] },
  ],
};
