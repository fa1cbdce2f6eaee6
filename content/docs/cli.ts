import commands from './cli-help.json';
import { code, list, text, type DocsPage } from './docs-page';

export const cli: DocsPage = {
  path: '/docs/cli',
  label: 'Command line',
  title: 'Command line',
  description:
    'Every command with its own help: verify addresses with the engine on your machine, read SMTP replies, serve tools to an agent, and more.',
  updated: '2026-11-29',
  lead: 'Verify from a terminal or a script. Output for programs is JSON on standard output, one object per line. Messages for people go to standard error.',
  sections: [
    {
      id: 'start',
      heading: 'Start',
      blocks: [
        code(
          'sh',
          'Verify',
          'npm run -s cli -- verify ann@example.com\nnpm run -s cli -- verify --stdin --concurrency 50 --max-wait 120 < addresses.txt\nnpm run -s cli -- verify --offline ann@example.com',
        ),
        list(
          '`verify` runs the engine in its own process on your machine, without a database. Port 25 must be open; `preflight` says whether it is.',
          '`--offline` runs only the checks that need no network: syntax, disposable, role.',
          'Exit codes: 0 is done, 1 means the command failed, and 2 means wrong usage. `--help` lists them all.',
        ),
        text('In a checkout, type `npm run -s cli --` instead of `email-verifier` in the commands below.'),
      ],
    },
    ...commands.map(({ command, help }) => ({
      id: command.replaceAll(' ', '-'),
      heading: command,
      blocks: [code('text', `email-verifier ${command} --help`, help)],
    })),
  ],
};
