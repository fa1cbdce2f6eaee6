import { API_KEYS_A_WORKSPACE, API_KEY_LOCKS_MAX, API_KEY_ROTATION_HOURS } from '@/lib/platform/limits';
import { ALL_API_SCOPES, type ApiScope } from '@/lib/accounts/rules/keys';
import { list, recipe, table, text, type DocsPage } from './docs-page';

const SCOPES: Record<ApiScope, string> = {
  'verify:write': 'Verify addresses, and read the verdicts of those checks.',
  'verifications:read': 'Read checks and their evidence.',
  'lists:read': 'Read lists, their rows and their exports.',
  'lists:write': 'Upload, start, pause, cancel and delete lists.',
  'credits:read': 'Read the balance, the ledger and the usage.',
  'webhooks:write': 'Manage webhook endpoints and replay deliveries.',
  'keys:admin': 'Create, change, rotate and revoke keys. A key can’t create one that is allowed to do more than itself.',
};

export const authentication: DocsPage = {
  path: '/docs/authentication',
  label: 'Authentication',
  title: 'Authentication',
  description:
    'How to send an API key, what live, test and public keys are for, what each scope allows, and how to lock, rotate and revoke a key.',
  updated: '2026-11-29',
  lead: 'Every call needs an API key. A key belongs to one workspace, is shown only once, and can be limited, rotated and revoked.',
  sections: [
    {
      id: 'send',
      heading: 'Send the key',
      blocks: [
        text(
          'Send the key as a bearer token, or as `X-API-Key` if your client can’t set `Authorization`. Never put it in the URL.',
        ),
        recipe('credits.sh', 'A call with its key'),
        text(
          'A call without a key gets 401 [`missing_key`](/docs/errors#missing_key). A call with a key that does not exist gets 401 [`invalid_key`](/docs/errors#invalid_key).',
        ),
      ],
    },
    {
      id: 'kinds',
      heading: 'Three kinds of key',
      blocks: [
        table(
          'Kinds of key',
          ['Starts with', 'What it does', 'Use it for'],
          [
            ['`evk_live_`', 'Contacts mail servers and spends credits.', 'your servers'],
            [
              '`evk_test_`',
              'Contacts no mail server and costs nothing: the address decides the answer. See [Test mode](/docs/test-mode).',
              'tests and development',
            ],
            [
              '`evk_pub_`',
              'Verifies one address, only from its allowed origins. It gets only the status, the reason, the recommendation and a suggested correction.',
              'a form in a browser',
            ],
          ],
        ),
        text('Live and test keys are secrets. Only a public key belongs in a page that anyone can read.'),
      ],
    },
    {
      id: 'scopes',
      heading: 'Scopes',
      blocks: [
        text(
          'A key can do only what its scopes allow. Any other call gets 403 [`insufficient_scope`](/docs/errors#insufficient_scope).',
        ),
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
          `**Locks.** You can lock a key to networks, and a public key to origins: up to ${API_KEY_LOCKS_MAX} of each. A call from anywhere else gets 403 [\`ip_not_allowed\`](/docs/errors#ip_not_allowed) or [\`origin_not_allowed\`](/docs/errors#origin_not_allowed).`,
          `**Rotation.** The old secret keeps working alongside the new one for up to ${API_KEY_ROTATION_HOURS.max} hours (${API_KEY_ROTATION_HOURS.default} by default), so you don’t have to switch everything at once.`,
          '**Budget.** A key can have a budget for each calendar month. Once it is spent, calls with the key get 402 [`budget_exceeded`](/docs/errors#budget_exceeded).',
          `**Number of keys.** A workspace can have up to ${API_KEYS_A_WORKSPACE} keys. Use one for each program, so you can revoke one without affecting the others.`,
        ),
        text(
          'The last six characters of a key are a checksum, so a secret scanner can recognize a leaked key without asking us.',
        ),
      ],
    },
  ],
};
