import { code, list, table, text, type DocsPage } from './docs-page';

export const cli: DocsPage = {
  path: '/docs/cli',
  label: 'Command line',
  title: 'Command line',
  description:
    'The command line of a checkout: verify addresses with the engine on your own machine, read SMTP replies, and check whether it can verify.',
  updated: '2026-11-29',
  lead: 'The command line runs the engine in its own process, on your machine, without a database. It prints one JSON object a line.',
  sections: [
    {
      id: 'verify',
      heading: 'Verify addresses',
      blocks: [
        code(
          'sh',
          'Verify',
          'npm run -s cli -- verify ann@example.com\nnpm run -s cli -- verify --stdin --concurrency 50 --max-wait 120 < addresses.txt\nnpm run -s cli -- verify --offline ann@example.com',
        ),
        list(
          '`--stdin` takes one address a line, or objects with `email`.',
          '`--offline` does only what needs no network: syntax, disposable, role.',
          '`--max-wait` says for how many seconds addresses that time may answer are asked again. Without it they are asked once.',
        ),
      ],
    },
    {
      id: 'commands',
      heading: 'All commands',
      blocks: [
        table(
          'Commands',
          ['Command', 'What it does'],
          [
            ['`verify`', 'Verifies addresses.'],
            ['`classify --stdin`', 'Says what SMTP replies mean, and which rule spoke.'],
            ['`preflight`', 'Checks whether this machine can verify: port 25, resolver, reverse names.'],
            ['`user create`', 'Creates an account, and prints its API key.'],
          ],
        ),
        text(
          'Exit codes: 0 is done, 1 is the command’s own no, 2 is wrong use. What is meant for people goes to standard error.',
        ),
      ],
    },
  ],
};
