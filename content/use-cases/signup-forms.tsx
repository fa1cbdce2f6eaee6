import Link from 'next/link';
import { CodeBlock } from '@/components/ui/code-block';
import type { Article } from '../article';

const REQUEST = `curl -X POST https://verifier.example.com/v1/verify/single \\
  -H 'Authorization: Bearer evk_live_…' \\
  -H 'Content-Type: application/json' \\
  -d '{"email":"ann@gmial.com","timeout_ms":3000,"policy":"signup"}'`;

export const signupForms: Article = {
  path: '/use-cases/signup-forms',
  title: 'Email verification for signup forms',
  description:
    'Catch typos and disposable addresses while people are still at the form, without ever turning away a real person. One API call, one time limit.',
  updated: '2026-11-29',
  lead: (
    <>
      The best moment to find a bad address is while its owner is still looking at it. A check at the form costs a second and
      saves an account that could never confirm.
    </>
  ),
  sections: [
    {
      id: 'problem',
      heading: 'What goes wrong without it',
      body: (
        <p>
          Somebody types <code>gmial.com</code>, never gets the confirmation, and leaves. Somebody else takes a disposable address
          for each free trial. And a script fills in strangers’ addresses, who then report your confirmation as spam.
        </p>
      ),
    },
    {
      id: 'call',
      heading: 'One call, with a time limit',
      body: (
        <p>
          Make the call from your server when the form is sent. <code>timeout_ms</code> is the most you are willing to wait, from
          500 to 30,000; <code>policy</code> says what the answer is for.
        </p>
      ),
      figure: <CodeBlock label="A check with a time limit" code={REQUEST} />,
      after: (
        <p>
          If time runs out first, you get 202 and the check continues. Let the person in, and let the final answer come later, by
          the <code>verification.updated</code> webhook or by polling.
        </p>
      ),
    },
    {
      id: 'decide',
      heading: 'Turn the answer into a decision',
      body: (
        <>
          <p>
            With the <code>signup</code> policy, <code>recommendation</code> is made for this: it says <em>send</em> for
            deliverable, catch-all and unknown addresses, since their owners did nothing wrong, and <em>do not send</em> for
            disposable ones.
          </p>
          <ul>
            <li>
              <strong>
                <code>did_you_mean</code> has a value:
              </strong>{' '}
              show it and let the person choose. Never correct an address silently.
            </li>
            <li>
              <strong>Undeliverable:</strong> say what is wrong in plain words. “This mailbox does not exist at example.com” is
              better than “Invalid email”.
            </li>
            <li>
              <strong>Unknown, pending, or an error on our side:</strong> let the person through. A form must not fail because a
              mail server is slow.
            </li>
          </ul>
        </>
      ),
    },
    {
      id: 'cost',
      heading: 'What it costs',
      body: (
        <p>
          One credit for each charged answer. Malformed addresses, dead domains, catch-all domains and everything unknown are
          free, and so is the same address again within 24 hours. The <Link href="/pricing#free">whole table</Link> is on the
          pricing page. An <code>Idempotency-Key</code> makes a repeated call safe: it is never charged twice.
        </p>
      ),
    },
  ],
  howTo: {
    name: 'How to verify an address in a signup form',
    steps: [
      'Send the address to POST /v1/verify/single from your server, with a timeout_ms of a few seconds and the signup policy.',
      'If did_you_mean has a value, show it and let the person choose.',
      'If the address is undeliverable, say what is wrong.',
      'In every other case, let the person through and confirm the address with a message.',
      'Get the final answer of a pending check from the verification.updated webhook.',
    ],
  },
  sources: [],
  faq: [
    {
      question: 'Should I block unknown addresses?',
      answer:
        'No. Unknown says nothing about the mailbox. If you block it, you turn away the people whose mail servers are careful with strangers.',
    },
    {
      question: 'Can I call the API from the browser?',
      answer:
        'With a public key, which works only on your own sites and returns no evidence. The form widget uses one. Keep live and test keys on your server: anyone can read and use a key that is in a page.',
    },
    {
      question: 'How do I test it without spending credits?',
      answer:
        'With a test key. An address whose name is a reason, such as mailbox-not-found@example.com, gets that answer; no mail server is asked and nothing is charged.',
    },
  ],
  callToAction: {
    title: 'Try it with a test key',
    text: 'The Free plan includes the whole API. Test keys cost nothing and give every answer there is.',
  },
};
