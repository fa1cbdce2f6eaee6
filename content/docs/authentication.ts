import { API_KEYS_A_WORKSPACE, API_KEY_LOCKS_MAX, API_KEY_ROTATION_HOURS } from '@/lib/platform/limits';
import { ALL_API_SCOPES, type ApiScope } from '@/lib/accounts/rules/keys';
import { list, recipe, table, text, type DocsPage } from './docs-page';

const SCOPES: Record<ApiScope, string> = {
  'verify:write': 'Verify addresses, and read what became of those checks.',
  'verifications:read': 'Read checks and their evidence.',
  'lists:read': 'Read lists, their rows and their exports.',
  'lists:write': 'Upload, start, pause, cancel and delete lists.',
  'credits:read': 'Read the balance, the ledger and the usage.',
  'webhooks:write': 'Manage webhook endpoints and replay deliveries.',
  'keys:admin': 'Create, change, rotate and revoke keys. No key can make one that may do more than itself.',
};

export const authentication: DocsPage = {
  path: '/docs/authentication',
  label: 'Authentication',
  title: 'Authentication',
  description:
    'How to send an API key, what live, test and public keys are for, which scopes there are, and how to lock, rotate and revoke a key.',
  updated: '2026-11-29',
  lead: 'Every call carries an API key. A key belongs to one workspace, is shown once, and can be limited, rotated and revoked.',
  sections: [
    {
      id: 'send',
      heading: 'Send the key',
      blocks: [
        text('As a bearer token, or as `X-API-Key` where a client can’t set `Authorization`. Never in the address of a call.'),
        recipe('credits.sh', 'A call with its key'),
        text(
          'Without a key the answer is 401 [`missing_key`](/docs/errors#missing_key), with one that does not exist 401 [`invalid_key`](/docs/errors#invalid_key).',
        ),
      ],
    },
    {
      id: 'kinds',
      heading: 'Three kinds of key',
      blocks: [
        table(
          'Kinds of key',
          ['Begins with', 'For', 'What it does'],
          [
            ['`evk_live_`', 'your servers', 'Asks mail servers and spends credits.'],
            [
              '`evk_test_`',
              'tests and development',
              'Asks nobody and costs nothing: the address decides the answer. See [Test mode](/docs/test-mode).',
            ],
            [
              '`evk_pub_`',
              'a form in a browser',
              'Verifies one address, only from the origins of the key, and is told the status, the reason, the recommendation and a suggested correction.',
            ],
          ],
        ),
        text('Live and test keys are secrets. Only a public key may stand in a page that anybody can read.'),
      ],
    },
    {
      id: 'scopes',
      heading: 'Scopes',
      blocks: [
        text('A key may do what its scopes name. Anything else is 403 [`insufficient_scope`](/docs/errors#insufficient_scope).'),
        table(
          'Scopes',
          ['Scope', 'Allows'],
          ALL_API_SCOPES.map((scope) => [`\`${scope}\``, SCOPES[scope]]),
        ),
      ],
    },
    {
      id: 'locks',
      heading: 'Locks, rotation and budgets',
      blocks: [
        list(
          `**Locks.** A key can be locked to networks, and a public key to origins: up to ${API_KEY_LOCKS_MAX} of each. A call from elsewhere is 403 [\`ip_not_allowed\`](/docs/errors#ip_not_allowed) or [\`origin_not_allowed\`](/docs/errors#origin_not_allowed).`,
          `**Rotation.** The old secret works beside the new one for up to ${API_KEY_ROTATION_HOURS.max} hours, ${API_KEY_ROTATION_HOURS.default} unless you say otherwise, so that nothing has to change at the same moment.`,
          '**Budget.** A key can have a most that it may spend in a calendar month. After that its calls are 402 [`budget_exceeded`](/docs/errors#budget_exceeded).',
          `**Number.** A workspace has up to ${API_KEYS_A_WORKSPACE} keys. Use one for each program, so that one can be revoked alone.`,
        ),
        text('The last six characters of a key are a checksum, so a scanner for leaked secrets knows one without asking us.'),
      ],
    },
  ],
};
