import { example, list, table, text, type DocsPage } from './docs-page';

export const sdks: DocsPage = {
  path: '/docs/sdks',
  label: 'SDKs',
  title: 'SDKs',
  description:
    'Clients for TypeScript, Python, PHP, Ruby, Go, Java and Rust, with the same calls, names and behavior. What each needs and how to install it.',
  updated: '2026-11-29',
  lead: 'Seven languages, one behavior: every SDK passes the same test cases against the same server, and our tests run every example on these pages.',
  sections: [
    {
      id: 'install',
      heading: 'Install',
      blocks: [
        text('The packages are not in the registries yet. Install from the source in this repository:'),
        table(
          'SDKs',
          ['Language', 'Install', 'Requires', 'Dependencies'],
          [
            [
              'TypeScript, JavaScript',
              '`npx -p typescript tsc -p sdks/typescript && npm install ./sdks/typescript`',
              'Node 18, Deno, Bun, browsers, edge runtimes',
              'nothing',
            ],
            ['Python', '`pip install ./sdks/python`', '3.9', 'nothing'],
            [
              'PHP',
              '`composer config repositories.email-verifier path ./sdks/php && composer require email-verifier/client:@dev`',
              '8.1 with curl',
              'nothing',
            ],
            ['Ruby', '`bundle add email_verifier_client --path ./sdks/ruby`', '3.0', 'nothing'],
            [
              'Go',
              '`go mod edit -replace github.com/email-verifier/email-verifier-go=./sdks/go && go get github.com/email-verifier/email-verifier-go`',
              '1.21',
              'nothing',
            ],
            ['Java', '`mvn -f sdks/java/pom.xml install`, then `dev.emailverifier:email-verifier-client`', '11', 'Gson'],
            ['Rust', '`cargo add email-verifier-client --path sdks/rust`', '1.75', 'ureq, serde'],
          ],
        ),
        text('All SDKs read `EMAIL_VERIFIER_API_KEY` and `EMAIL_VERIFIER_BASE_URL`. You can also pass both to the client.'),
        example('verify-one', 'Verify one address'),
      ],
    },
    {
      id: 'manners',
      heading: 'What every SDK does',
      blocks: [
        list(
          '**Retries** after 429, 5xx, timeouts and broken connections: twice by default, with growing delays, or when `Retry-After` says.',
          '**Charges once**: calls that spend credits carry an [`Idempotency-Key`](/docs/idempotency), the same on each attempt.',
          '**Streams** uploads and downloads, with progress.',
          '**Paginates** automatically: iterate over rows, verifications or the ledger like over any list.',
          '**Distinguishes errors** by type, with `code`, status, request id and the seconds to wait.',
          '**Verifies webhooks** with one function.',
          '**Ignores** fields and reasons that a later version of the API adds.',
        ),
      ],
    },
    { id: 'errors', heading: 'Errors', blocks: [example('handle-errors', 'Handle an error')] },
  ],
};
