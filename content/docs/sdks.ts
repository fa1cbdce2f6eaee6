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
        text(
          'The packages are not in the registries yet: a package called `email-verifier` there is another project’s. Install from the source of this repository:',
        ),
        table(
          'SDKs',
          ['Language', 'Install', 'Needs', 'Depends on'],
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
              '`composer config repositories.email-verifier path ./sdks/php && composer require email-verifier/email-verifier:@dev`',
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
            ['Java', '`mvn -f sdks/java/pom.xml install`, then `dev.emailverifier:email-verifier`', '11', 'Gson'],
            ['Rust', '`cargo add email-verifier --path sdks/rust`', '1.75', 'ureq, serde'],
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
