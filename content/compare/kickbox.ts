import type { Comparison } from './comparison';

const READ = '2026-11-29';
const CREDITS = {
  title: 'Kickbox: What are email verification credits?',
  url: 'https://articles.kickbox.com/en/articles/3185747-what-are-email-verification-credits',
  read: READ,
};
const RESULTS = {
  title: 'Kickbox: Understanding your Kickbox results',
  url: 'https://articles.kickbox.com/en/articles/3185752-understanding-your-kickbox-results',
  read: READ,
};
const SANDBOX = { title: 'Kickbox: Sandbox mode', url: 'https://docs.kickbox.com/docs/sandbox-api', read: READ };
const QUICKSTART = { title: 'Kickbox: API quickstart', url: 'https://docs.kickbox.com/docs/using-the-api', read: READ };

export const kickbox: Comparison = {
  path: '/compare/kickbox',
  name: 'Kickbox',
  title: 'Email Verifier and Kickbox compared',
  description:
    'Kickbox and Email Verifier side by side: credits and unknowns, result words, the sandbox, the 95% guarantee, and what Kickbox does better.',
  updated: '2026-11-29',
  lead: 'Kickbox and Email Verifier agree on much: four results, unknowns that cost nothing, rules against bought lists. They differ in the evidence behind an answer.',
  facts: {
    charged: { text: 'One credit for one address, in lists, integrations and the API alike.', source: CREDITS },
    unknown: { text: 'The credit is returned to the balance.', source: CREDITS },
    answers: {
      text: 'Deliverable, undeliverable, risky and unknown. Accept-all, disposable and role addresses are risky.',
      source: RESULTS,
    },
    evidence: {
      text: 'The fields of an answer are result, reason, role, free, disposable, accept_all, a quality score and the parts of the address. There is no reply code among them.',
      source: SANDBOX,
    },
    api: {
      text: 'Each key has permissions by endpoint. Every answer has a header with the balance.',
      source: QUICKSTART,
    },
    testing: {
      text: 'Sandbox keys, which begin with test_. The address names the result, and no credits are used.',
      source: SANDBOX,
    },
    guarantee: { text: 'A deliverable address is covered by a 95% deliverability guarantee.', source: RESULTS },
  },
  better: [
    { text: 'It guarantees a rate. We publish what we measured and refund single bounces.', source: RESULTS },
    { text: 'It has accounts that stay in the EU, with their own API host.', source: QUICKSTART },
  ],
  advice: {
    them: 'Choose Kickbox if you want a guaranteed rate or an EU-only account.',
    us: 'Choose Email Verifier if you need the server’s reply behind each verdict, free catch-all answers, or your own installation.',
  },
  faq: [
    {
      question: 'Does our code have to change?',
      answer:
        'A client whose base URL can be set keeps working at /compat/kickbox/v2 with one of our keys, including result words, statuses and test addresses. Its callback header is called in Kickbox’s format, and again if that fails.',
    },
    {
      question: 'Do both refuse bought lists?',
      answer: 'Yes. Kickbox’s acceptable use policy excludes harvested, purchased and guessed addresses, and so does ours.',
    },
    {
      question: 'Are the result words the same?',
      answer:
        'The four statuses are. Our reasons are finer: where Kickbox says unavailable_smtp, we say whether the server greylisted, blocked, throttled or hung up.',
    },
  ],
};
