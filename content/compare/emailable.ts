import type { Comparison } from './comparison';

const READ = '2026-11-29';
const CLIENT = { title: 'Emailable: Python client', url: 'https://pypi.org/project/emailable/', read: READ };
const LIMITS = { title: 'Emailable: rate limits', url: 'https://emailable.com/docs/api/rate-limits/', read: READ };
const GUARANTEE = { title: 'Emailable: The Emailable guarantee', url: 'https://emailable.com/guarantee/', read: READ };
const API = { title: 'Emailable: API documentation', url: 'https://emailable.com/docs/api', read: READ };

export const emailable: Comparison = {
  path: '/compare/emailable',
  name: 'Emailable',
  title: 'Email Verifier and Emailable compared',
  description:
    'Emailable and Email Verifier side by side: slow servers, rate limits, browser keys, the deliverability guarantee, and what Emailable does better.',
  updated: '2026-11-29',
  lead: 'Emailable has a tidy API with keys that may be used in a browser. Email Verifier follows up on slow servers for longer and shows the exchange behind each answer.',
  facts: {
    charged: {
      text: 'A call for a slow server may end before the answer is ready (status 249). Repeating it within five minutes is not charged again.',
      source: CLIENT,
    },
    answers: {
      text: 'A state, such as deliverable, with more fields beside it. Options turn the SMTP and accept-all checks on or off.',
      source: CLIENT,
    },
    api: {
      text: '25 calls per second to verify and 5 to the batch endpoint. Headers give the limit, what is left of it, and when it resets.',
      source: LIMITS,
    },
    guarantee: {
      text: '97% or more at Microsoft, 99% or more elsewhere, for opt-in lists of at least 1,000 that are mailed within 24 hours; claims within 7 days. Yahoo and AOL addresses that are being deactivated are excluded.',
      source: GUARANTEE,
    },
  },
  better: [
    {
      text: 'Its public keys have a limit per visitor, 10 requests a day each. Ours are bound to your domains and to a budget.',
      source: API,
    },
    { text: 'It guarantees a rate, and refunds the shortfall.', source: GUARANTEE },
    { text: 'Its clients for Ruby, Node and Python are in the package registries. Ours come with the source.', source: API },
  ],
  advice: {
    them: 'Choose Emailable if you want a limit for each visitor of a form, or a guaranteed rate.',
    us: 'Choose Email Verifier if greylisted and slow addresses should be followed up for you, with a webhook at the end, or if you want the evidence.',
  },
  faq: [
    {
      question: 'Does our code have to change?',
      answer:
        'A client whose base URL can be set keeps working at /compat/emailable/v1 with one of our keys, and gets its 249 while an answer is not ready. For five minutes, the same question counts as one check.',
    },
    {
      question: 'What happens with a slow server?',
      answer:
        'At Emailable you repeat the request while it answers 249. With us you get 202 with an address to poll. The check continues on a schedule, for hours if need be, and a webhook tells you the outcome.',
    },
    {
      question: 'What does an unknown answer cost at Emailable?',
      answer: 'We did not find it on the pages that we read, so we don’t say. With us it is free.',
    },
  ],
};
