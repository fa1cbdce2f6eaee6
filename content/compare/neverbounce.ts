import type { Comparison } from './comparison';

const READ = '2026-11-29';
const BILLING = {
  title: 'NeverBounce: How does pricing and billing work? (March 28, 2024)',
  url: 'https://www.neverbounce.com/help/how-does-pricing-and-billing-work',
  read: READ,
};
const ERRORS = {
  title: 'NeverBounce: error handling',
  url: 'https://developers.neverbounce.com/reference/error-handling',
  read: READ,
};
const CLIENT = {
  title: 'NeverBounce: Node client 5.0.5',
  url: 'https://app.unpkg.com/neverbounce@5.0.5/files/dist/esm/src/VerificationObject.d.ts',
  read: READ,
};

export const neverbounce: Comparison = {
  path: '/compare/neverbounce',
  name: 'NeverBounce',
  title: 'Email Verifier and NeverBounce compared',
  description:
    'NeverBounce and Email Verifier side by side: credits, free allowance, result codes, how errors are reported, and what NeverBounce does better.',
  updated: '2026-11-29',
  lead: 'NeverBounce verifies lists and single addresses, and has clients in many languages. Its answer is a result code with flags; ours comes with the exchange it rests on.',
  facts: {
    charged: { text: 'One credit for one verification: in a list, by API, or one at a time.', source: BILLING },
    free: { text: '10 credits when you register.', source: BILLING },
    answers: {
      text: 'Five results: valid, invalid, disposable, catchall and unknown, with flags beside them.',
      source: CLIENT,
    },
    evidence: {
      text: 'The client reads a result and flags. It has no method for a reply code or the server’s words.',
      source: CLIENT,
    },
    api: {
      text: 'Errors of the API, such as a wrong key or too many calls, come with a 200-level status; the body’s status field says what went wrong.',
      source: ERRORS,
    },
  },
  better: [
    {
      text: 'Your server can confirm the verdict of its form widget. The verdict of ours is a hint to the visitor.',
      source: {
        title: 'NeverBounce: API reference',
        url: 'https://developers.neverbounce.com/v4.0/reference',
        read: READ,
      },
    },
    {
      text: 'Its clients are in the package registries, such as this one for Node. Ours come with the source.',
      source: {
        title: 'NeverBounce: Node client',
        url: 'https://github.com/NeverBounce/NeverBounceApi-NodeJS',
        read: READ,
      },
    },
  ],
  advice: {
    them: 'Choose NeverBounce if a tool that you use already connects to it.',
    us: 'Choose Email Verifier if unknown answers should cost nothing, errors should be HTTP errors, and you want to see the evidence.',
  },
  faq: [
    {
      question: 'Does our code have to change?',
      answer:
        'A client whose base URL can be set keeps working at /compat/neverbounce/v4.2 with one of our keys, including jobs. There, and only there, errors come with status 200, as it expects. Callbacks are called in its format. Files at a URL are refused.',
    },
    {
      question: 'Are unknown answers free at NeverBounce?',
      answer: 'The help page on pricing that we read does not say so. Ask them. With us they are free, whatever the reason.',
    },
    {
      question: 'Does it matter that errors come with status 200?',
      answer:
        'It does for your code: a client that only looks at the HTTP status mistakes a wrong key or a limit for an answer. Our own API uses the matching statuses, with a stable code in the body.',
    },
  ],
};
