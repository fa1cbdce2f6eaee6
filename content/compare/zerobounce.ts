import type { Comparison } from './comparison';

const READ = '2026-11-29';
const PRICING = {
  title: 'ZeroBounce: pricing',
  url: 'https://www.zerobounce.net/email-validation-pricing',
  read: READ,
};
const FIELDS = {
  title: 'ZeroBounce: Python client for API v2',
  url: 'https://github.com/zerobounce/zerobounce-python-api-v2',
  read: READ,
};
const PLANS = {
  title: 'API Evangelist: copy of ZeroBounce’s plans',
  url: 'https://raw.githubusercontent.com/api-evangelist/zerobounce/refs/heads/main/plans/zerobounce-plans-pricing.yml',
  read: READ,
};

export const zerobounce: Comparison = {
  path: '/compare/zerobounce',
  name: 'ZeroBounce',
  title: 'Email Verifier and ZeroBounce compared',
  description:
    'ZeroBounce and Email Verifier side by side: what costs a credit, what unknown costs, what an answer shows, and what ZeroBounce does better.',
  updated: '2026-11-29',
  lead: 'ZeroBounce is a large deliverability platform of which validation is one part. Email Verifier does only verification, and shows what each answer rests on.',
  facts: {
    charged: {
      text: 'One credit for each validated address. Scoring an address costs one more. Duplicates are free.',
      source: PRICING,
    },
    unknown: { text: 'Free.', source: PRICING },
    free: { text: '100 validations a month on the free plan. The ONE subscription starts at $99 a month.', source: PLANS },
    answers: {
      text: 'Seven statuses (valid, invalid, catch-all, unknown, spamtrap, abuse, do_not_mail), with sub-statuses such as greylisted or mailbox_not_found.',
      source: FIELDS,
    },
    evidence: {
      text: 'The fields in the client’s documentation include the MX record and the provider, but neither a reply code nor the server’s words.',
      source: FIELDS,
    },
    api: {
      text: 'Plain HTTP status codes; the documentation shows no body for errors.',
      source: {
        title: 'API Evangelist: ZeroBounce error codes',
        url: 'https://raw.githubusercontent.com/api-evangelist/zerobounce/refs/heads/main/errors/zerobounce-error-codes.yml',
        read: READ,
      },
    },
    guarantee: {
      text: '96% or more on AOL, Yahoo and Office 365, 99% elsewhere, for lists of at least 1,000 that are mailed within 72 hours. Five times the shortfall is refunded.',
      source: {
        title: 'ZeroBounce: The ZB guarantee',
        url: 'https://www.zerobounce.net/docs/email-list-validation/the-zb-guarantee/',
        read: READ,
      },
    },
  },
  better: [
    {
      text: 'It flags addresses that it knows as spam traps and complainers, from its own data. We have no such data.',
      source: FIELDS,
    },
    {
      text: 'It puts an accuracy rate in writing, with a refund that grows with the shortfall.',
      source: {
        title: 'ZeroBounce: The ZB guarantee',
        url: 'https://www.zerobounce.net/docs/email-list-validation/the-zb-guarantee/',
        read: READ,
      },
    },
    {
      text: 'It has inbox placement tests, blacklist and DMARC monitors, warm-up and an email finder. We do verification only.',
      source: PLANS,
    },
    {
      text: 'It has API hosts in the US and in the EU to choose from.',
      source: { title: 'ZeroBounce: Ruby client', url: 'https://www.rubydoc.info/gems/zerobounce-sdk', read: READ },
    },
  ],
  advice: {
    them: 'Choose ZeroBounce if you want one vendor for validation, placement tests and monitoring, or a contractual rate.',
    us: 'Choose Email Verifier if you need to see why an address was refused, want catch-all answers free, or run it on your own machines.',
  },
  faq: [
    {
      question: 'Does our code have to change?',
      answer:
        'A client whose base URL can be set keeps working at /compat/zerobounce/v2 with one of our keys, including single, batch and file calls. Names, places and the age of a domain are null, since we don’t collect them.',
    },
    {
      question: 'Does Email Verifier find spam traps?',
      answer:
        'No. They look like any other mailbox to the mail protocol. ZeroBounce flags those that it knows from its own data, but no such data covers all of them.',
    },
    {
      question: 'Is catch-all charged?',
      answer:
        'Not by us. ZeroBounce’s pricing page lists unknown answers and duplicates as free; we did not find catch-all among them.',
    },
  ],
};
