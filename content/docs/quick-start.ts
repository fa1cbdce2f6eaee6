import { FREE_PLAN_CREDITS_A_MONTH } from '@/lib/platform/limits';
import { testAnswer } from '@/lib/verdict/test-answer';
import { recommend } from '@/lib/verdict/verdict';
import { code, example, list, steps, text, type DocsPage } from './docs-page';

const EMAIL = 'mailbox-not-found@example.com';
const { status, reason, score } = testAnswer(EMAIL, 0).verdict;
const ANSWER = {
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
    'From sign-up to the first verdict, and then the first list: a test key, one call, one file, in curl and seven languages.',
  updated: '2026-11-29',
  lead: 'From sign-up to the first verdict, and then the first list. With a test key nothing is charged and no mail server is asked.',
  sections: [
    {
      id: 'key',
      heading: 'Get a test key',
      blocks: [
        steps(
          `[Sign up](/signup). The Free plan needs no card and has ${FREE_PLAN_CREDITS_A_MONTH} credits a month.`,
          'Open **API keys**, create a key, and choose the kind **Test**. It begins with `evk_test_` and is shown once.',
          'Put it into the environment. Every SDK reads these two variables:',
        ),
        code(
          'sh',
          'Environment',
          'export EMAIL_VERIFIER_API_KEY=evk_test_…\nexport EMAIL_VERIFIER_BASE_URL=https://verifier.example.com   # the address of this site',
        ),
      ],
    },
    {
      id: 'install',
      heading: 'Install the SDK of your language',
      blocks: [
        text('Or use curl and skip this step: the API is plain HTTPS and JSON. [SDKs](/docs/sdks) has what each of them needs.'),
        code(
          'sh',
          'Install',
          'npx -p typescript tsc -p sdks/typescript && npm install ./sdks/typescript   # TypeScript, JavaScript\npip install ./sdks/python                                                    # Python\ncargo add email-verifier --path sdks/rust                                    # Rust',
        ),
        text(
          'PHP, Ruby, Go and Java: [SDKs](/docs/sdks#install). The packages are not in the registries yet, so install from the source.',
        ),
      ],
    },
    {
      id: 'first-verdict',
      heading: 'Get the first verdict',
      blocks: [
        text('With a test key, the address decides the answer. This one asks for “mailbox not found”:'),
        example('verify-one', 'Verify one address'),
        code('json', 'The answer, in short', JSON.stringify(ANSWER, null, 2)),
        text(
          'The answer is `undeliverable`, the reason `mailbox_not_found`, and the recommendation `do_not_send`. [Reasons](/docs/reasons) explains every reason, and [Test mode](/docs/test-mode) lists every address that names one.',
        ),
      ],
    },
    {
      id: 'first-list',
      heading: 'Verify the first list',
      blocks: [
        text('Save a file as `customers.csv`. Any column may hold the addresses; it is found by what is in it.'),
        code(
          'csv',
          'customers.csv',
          'email,name\nmailbox-exists@example.com,Ann\nmailbox-not-found@example.com,Ben\nann+catch-all@example.com,Cleo',
        ),
        text('Upload it, wait until it is completed, and read its rows:'),
        example('verify-list', 'Verify a file'),
      ],
    },
    {
      id: 'next',
      heading: 'Go live',
      blocks: [
        list(
          'Create a key that begins with `evk_live_`. Nothing else changes.',
          'Handle [errors](/docs/errors) by their code, and let unknown answers through: they say nothing about the mailbox.',
          'Let a [webhook](/docs/webhooks) tell you when a list is completed, in place of asking.',
        ),
      ],
    },
  ],
};
