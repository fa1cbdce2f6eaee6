import Link from 'next/link';
import { ProviderRules } from '@/components/learn/provider-rules';
import type { Article } from '../article';
import { PROVIDER_RULES } from '../provider-rules';

export const bestPractices: Article = {
  path: '/learn/best-practices',
  title: 'Email list best practices',
  description:
    'How to keep a mailing list healthy: signup forms, double opt-in, when to verify again, what to do with each verdict, and what providers ask for.',
  updated: '2026-11-29',
  lead: (
    <>
      A healthy list holds people who asked for your mail, at addresses that work. Most of that is decided when an address comes
      in; the rest is maintenance.
    </>
  ),
  sections: [
    {
      id: 'forms',
      heading: 'Catch bad addresses at the form',
      body: (
        <ul>
          <li>
            Check the address when people leave the field or send the form, and suggest a correction for a typo. “Did you mean
            gmail.com?” saves more addresses than any later cleaning.
          </li>
          <li>
            Refuse only what is certain: undeliverable, and disposable if you have a reason. Let <em>unknown</em> and{' '}
            <em>catch-all</em> through. Their owners did nothing wrong.
          </li>
          <li>
            Give the check a time limit of a few seconds, and let the person through when it runs out. A form must never depend on
            somebody else’s mail server.
          </li>
          <li>Protect the form against scripts. Otherwise other people’s addresses will be typed into it by the thousand.</li>
        </ul>
      ),
    },
    {
      id: 'double-opt-in',
      heading: 'Confirm with double opt-in',
      body: (
        <>
          <p>
            Send one message with a link, and add the address to the list only when the link is followed. It proves that the
            mailbox works, that its owner reads it, and that they want to hear from you. No check from outside can do that.
          </p>
          <p>
            Verify first, then confirm: a confirmation to a mistyped address bounces, or reaches a stranger. Keep the time and the
            source of the consent with the address.
          </p>
        </>
      ),
    },
    {
      id: 'bounces',
      heading: 'Act on bounces',
      body: (
        <ul>
          <li>
            Stop sending to an address after the first <Link href="/glossary#hard-bounce">hard bounce</Link> that says that the
            mailbox does not exist. Keep it in a <Link href="/glossary#suppression-list">suppression list</Link>, so that the next
            import does not bring it back.
          </li>
          <li>
            Read the code before you act. <code>5.1.1</code> is about the mailbox; <code>5.7.1</code> is mostly about you.
          </li>
          <li>
            Try again after a <Link href="/glossary#soft-bounce">soft bounce</Link>, and give up after a fixed number of failed
            mailings in a row.
          </li>
          <li>When people complain, remove them at once. Join the feedback loops of the providers that have one.</li>
        </ul>
      ),
    },
    {
      id: 'again',
      heading: 'When to verify again',
      body: (
        <>
          <p>
            An answer is true for the day it was given. How fast a list ages depends on who is in it, so measure yours: verify a
            sample after three months and see how much has changed. Until you know better, these are cautious starting points of
            ours, not a standard:
          </p>
          <ul>
            <li>Just before a mailing to a list that has been silent for more than three months.</li>
            <li>Every three to six months for business addresses, which end with the job.</li>
            <li>
              Every six to twelve months for private addresses that you write to regularly: their bounces tell you the rest.
            </li>
            <li>Unknown addresses after a day or two. Whatever was in the way is often gone.</li>
          </ul>
        </>
      ),
    },
    {
      id: 'verdicts',
      heading: 'What to do with each verdict',
      body: (
        <ul>
          <li>
            <strong>Deliverable:</strong> send.
          </li>
          <li>
            <strong>Undeliverable:</strong> don’t send. Correct the typo if there is one, else suppress the address.
          </li>
          <li>
            <strong>Risky:</strong> read the reason. A role address may be exactly what you want for an invoice, and the wrong
            address for a newsletter. Send to catch-all domains in small portions, and watch the bounces.
          </li>
          <li>
            <strong>Unknown:</strong> retry later. If it stays unknown, decide based on how you got the address.
          </li>
        </ul>
      ),
    },
    {
      id: 'thresholds',
      heading: 'What the big providers ask for',
      body: (
        <>
          <p>
            Mailbox providers publish limits for spam complaints. For bounces, most give no number; sending services do. Check the
            source before you rely on a figure: these were read on the date in the table.
          </p>
          <ProviderRules />
          <p>
            If you need one figure to aim for: stay under 2% hard bounces. That is our advice, not anybody’s rule; it leaves room
            below the 10% at which Amazon SES may pause an account.
          </p>
        </>
      ),
    },
    {
      id: 'never',
      heading: 'What verification can’t repair',
      body: (
        <p>
          A bought, scraped or guessed list stays a bad one even if every address on it exists. The people on it did not ask for
          your mail, they will complain, and some of the addresses exist to catch exactly this. Our{' '}
          <Link href="/acceptable-use">acceptable use policy</Link> does not allow it, and cleaning does not help.
        </p>
      ),
    },
  ],
  howTo: {
    name: 'How to keep an email list healthy',
    steps: [
      'Verify each address at the form, and refuse only what is certain to bounce.',
      'Confirm the address with double opt-in.',
      'Suppress an address after its first hard bounce.',
      'Verify the list again before you write to it after a silence of more than three months.',
      'Retry unknown addresses after a day or two.',
      'Watch the complaint and bounce rates that your providers report.',
    ],
  },
  sources: PROVIDER_RULES.map(({ source }) => source),
  faq: [
    {
      question: 'What is a good bounce rate?',
      answer:
        'We suggest aiming for under 2% hard bounces. Amazon SES says that it may pause accounts at 10% or more. Most mailbox providers publish no number for bounces, only for complaints.',
    },
    {
      question: 'Should I remove catch-all addresses?',
      answer:
        'Not by default. Many companies run catch-all domains, and the people behind them are as real as any others. Send to them in smaller portions and remove those that bounce.',
    },
    {
      question: 'Should a signup form block disposable addresses?',
      answer:
        'Only where a short-lived account hurts you, such as a free trial. Private relay addresses are not disposable: their owners read the mail.',
    },
    {
      question: 'How often should I clean my list?',
      answer:
        'When it has not been used for three months, and otherwise as often as your own bounces tell you. Verify a sample first: if little has changed, wait.',
    },
  ],
  callToAction: {
    title: 'Find out how healthy your list is',
    text: 'Upload it, see what is in it and the most it can cost, and only then verify. Unknown answers are free.',
  },
};
