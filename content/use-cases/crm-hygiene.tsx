import Link from 'next/link';
import type { Article } from '../article';

export const crmHygiene: Article = {
  path: '/use-cases/crm-hygiene',
  title: 'Keep the addresses in your CRM current',
  description:
    'Verify records as they come in, check the old ones on a schedule, and join the answers to your own ids. By API, with signed webhooks.',
  updated: '2026-11-29',
  lead: (
    <>
      Business addresses end with the job. A CRM that is never checked fills up with people who have left, and your team finds out
      when mail bounces.
    </>
  ),
  sections: [
    {
      id: 'in',
      heading: 'Check new records',
      body: (
        <p>
          Forms, imports, business cards and sales calls all bring in typos. Verify each new record with one call, and keep the
          verdict, its reason and its date beside the address, not instead of it.
        </p>
      ),
    },
    {
      id: 'schedule',
      heading: 'Check existing records on a schedule',
      body: (
        <>
          <p>
            Take the records whose verdict is older than three months, and send them as one list: up to 1,000 addresses in one
            call to <code>POST /v1/verify/batch</code>, or a file to <code>POST /v1/lists</code>. Each address can carry a{' '}
            <code>ref</code> and your own metadata, and each answer repeats its input exactly as it came, so that you can join the
            two without guessing.
          </p>
          <p>
            Begin with the accounts that matter, and with the records nobody has written to for a long time. An address that you
            wrote to last week without a bounce needs no check.
          </p>
        </>
      ),
    },
    {
      id: 'events',
      heading: 'Let the answers come to you',
      body: (
        <p>
          <code>list.completed</code> says when a list is done, <code>verification.updated</code> when a pending address has its
          answer. Webhooks are signed according to Standard Webhooks, so you can check who sent them and when. Failed deliveries
          are retried for two days, and you can replay any of them.
        </p>
      ),
    },
    {
      id: 'people',
      heading: 'Make it useful for people',
      body: (
        <ul>
          <li>
            Show “verified on …”, not a green tick. An answer is true for its day; see{' '}
            <Link href="/learn/best-practices#again">when to verify again</Link>.
          </li>
          <li>
            When a mailbox is gone, make it a task: find out where the person went. The company is still there, and so is the
            deal.
          </li>
          <li>Don’t delete on unknown. Retry it, and leave the record as it is.</li>
          <li>Mark role addresses. They are fine for invoices and poor for a personal note.</li>
        </ul>
      ),
    },
  ],
  howTo: {
    name: 'How to keep the addresses of a CRM current',
    steps: [
      'Verify each new record when it is created, and store the verdict, its reason and its date.',
      'Each night, take the records whose verdict is older than three months.',
      'Send them as a batch, each with the id of its record as ref.',
      'When the list.completed webhook arrives, read the results and join them by ref.',
      'Create a task for each mailbox that is gone, and retry the unknown ones.',
    ],
  },
  sources: [],
  faq: [
    {
      question: 'Can I set a budget?',
      answer:
        'Yes. A key can have a monthly budget. When it is spent, calls with that key get 402 budget_exceeded until the next month, and nothing else stops.',
    },
    {
      question: 'What if a call is sent twice?',
      answer:
        'Send an Idempotency-Key with each call that spends. The same key with the same content returns the first answer and charges nothing.',
    },
    {
      question: 'Is there a connector for my CRM?',
      answer: 'Not today. You can use the API, webhooks, and files in both directions.',
    },
  ],
  callToAction: {
    title: 'Start with the records of one team',
    text: 'The Free plan includes the API, webhooks and lists. See how many are gone before you set a schedule.',
  },
};
