import { FREE_PLAN_CREDITS_A_MONTH } from '@/lib/platform/limits';
import { testAnswer } from '@/lib/verdict/test-answer';
import { recommend } from '@/lib/verdict/verdict';
import { code, example, list, steps, text, type DocsPage } from './docs-page';

const EMAIL = 'mailbox-not-found@example.com';
const { status, reason, score } = testAnswer(EMAIL, 0).verdict;
/** The answer to the first call, shortened. */
export const FIRST_ANSWER = {
  email: EMAIL,
  status,
  reason,
  score,
  recommendation: recommend(reason, 'signup'),
  credits_charged: 0,
  test: true,
};

export const quickStart: DocsPage = {
  path: '/docs',
  label: 'Quick start',
  title: 'Quick start',
  description:
    'Get a test key, verify your first address, then upload your first list. With examples in curl and seven languages.',
  updated: '2026-11-29',
  lead: 'Get a key, verify one address, then verify a list. Calls with a test key cost nothing and contact no mail server.',
  sections: [
    {
      id: 'key',
      heading: 'Get a test key',
      blocks: [
        steps(
          `[Sign up](/signup). The Free plan needs no card and includes ${FREE_PLAN_CREDITS_A_MONTH} credits a month.`,
          'Open **API keys** and create a key of the kind **Test**. It starts with `evk_test_` and is shown only once.',
          'Set it in your environment. Every SDK reads these two variables:',
        ),
        code(
          'sh',
          'Environment',
          'export EMAIL_VERIFIER_API_KEY=evk_test_…\n# The address of this site\nexport EMAIL_VERIFIER_BASE_URL=https://verifier.example.com',
        ),
      ],
    },
    {
      id: 'install',
      heading: 'Install the SDK for your language',
      blocks: [
        text(
          'To use curl, skip this step: the API is plain HTTPS and JSON. [SDKs](/docs/sdks) lists the requirements of each SDK.',
        ),
        code(
          'sh',
          'Install',
          '# TypeScript, JavaScript\nnpx -p typescript tsc -p sdks/typescript && npm install ./sdks/typescript\n\n# Python\npip install ./sdks/python\n\n# Rust\ncargo add email-verifier-client --path sdks/rust',
        ),
        text(
          'For PHP, Ruby, Go and Java, see [SDKs](/docs/sdks#install). The packages are not in the registries yet, so install them from source.',
        ),
      ],
    },
    {
      id: 'first-verdict',
      heading: 'Get your first verdict',
      blocks: [
        text('With a test key, the address decides the answer. This one returns “mailbox not found”:'),
        example('verify-one', 'Verify one address'),
        code('json', 'The answer, shortened', JSON.stringify(FIRST_ANSWER, null, 2)),
        text(
          'The status is `undeliverable`, the reason `mailbox_not_found`, and the recommendation `do_not_send`. [Reasons](/docs/reasons) explains every reason, and [Test mode](/docs/test-mode) lists an address for each.',
        ),
      ],
    },
    {
      id: 'first-list',
      heading: 'Verify your first list',
      blocks: [
        text('Save this as `customers.csv`. The addresses can be in any column; we find it by its content.'),
        code(
          'csv',
          'customers.csv',
          'email,name\nmailbox-exists@example.com,Ann\nmailbox-not-found@example.com,Ben\nann+catch-all@example.com,Cleo',
        ),
        text('Upload it, wait until it completes, and read its rows:'),
        example('verify-list', 'Verify a file'),
      ],
    },
    {
      id: 'next',
      heading: 'Go live',
      blocks: [
        list(
          'Create a key that starts with `evk_live_`. Nothing else changes.',
          'Handle [errors](/docs/errors) by their code. Let unknown answers through: they say nothing about the mailbox.',
          'Use a [webhook](/docs/webhooks) to learn when a list completes, instead of polling.',
        ),
      ],
    },
  ],
};
