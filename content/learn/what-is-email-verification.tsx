import Link from 'next/link';
import { FourAnswers } from '@/components/marketing/four-answers';
import type { Article } from '../article';

export const whatIsEmailVerification: Article = {
  path: '/learn/what-is-email-verification',
  title: 'What is email verification?',
  description:
    'Email verification finds out whether an address can receive mail before you send to it. What it checks, what it can’t see, and when to use it.',
  updated: '2026-11-29',
  lead: (
    <>
      Email verification finds out whether an address can receive mail <em>before</em> you send anything to it. It looks at the
      address, asks DNS who takes mail for the domain, and asks that mail server about the mailbox.
    </>
  ),
  sections: [
    {
      id: 'why',
      heading: 'Why people verify addresses',
      body: (
        <>
          <p>
            Addresses go bad. People change jobs, companies close, and a form accepts whatever is typed into it. Mail to an
            address that doesn’t exist comes back as a <Link href="/glossary#hard-bounce">hard bounce</Link>, and mailbox
            providers take many hard bounces as a sign that you don’t know who you are writing to. Then the mail to people who do
            want it lands in spam, too.
          </p>
          <p>Verification removes the addresses that are certain to bounce, and tells you which of the others to think about.</p>
        </>
      ),
    },
    {
      id: 'validation-or-verification',
      heading: 'Validation, verification, confirmation',
      body: (
        <>
          <p>These three words are often mixed up. Each answers a different question:</p>
          <ul>
            <li>
              <strong>Validation</strong> looks at the address alone. Could a mail server accept this spelling? Does the domain
              exist? It needs no conversation with anybody’s mail server.
            </li>
            <li>
              <strong>Verification</strong> goes on and asks the mail server whether the mailbox exists. Nothing is sent.
            </li>
            <li>
              <strong>Confirmation</strong>, or <Link href="/glossary#double-opt-in">double opt-in</Link>, sends a message with a
              link. It is the only one of the three that proves that the person wants your mail.
            </li>
          </ul>
          <p>
            They work well together: verify when the address is typed, so that a typo is caught while the person is still there,
            then confirm.
          </p>
        </>
      ),
    },
    {
      id: 'answers',
      heading: 'What the answer can be',
      body: <p>A verifier that only says “valid” or “invalid” has to guess. There are four honest answers:</p>,
      figure: (
        <div className="[&_ul]:lg:grid-cols-2">
          <FourAnswers />
        </div>
      ),
      after: (
        <p>
          <em>Unknown</em> is the one that matters most. A mail server may put off strangers, block a network, or be down. That
          says nothing about the mailbox. If a verifier reports such an address as invalid, you throw away a customer. If it
          reports it as valid, you get a bounce.
        </p>
      ),
    },
    {
      id: 'cannot-see',
      heading: 'What nobody can see from outside',
      body: (
        <ul>
          <li>
            <strong>Whether the message will reach the inbox.</strong> That is decided by its content and by your{' '}
            <Link href="/glossary#sender-reputation">reputation</Link>, after the mailbox was accepted.
          </li>
          <li>
            <strong>Whether anybody reads the mailbox.</strong> An abandoned mailbox answers like a busy one.
          </li>
          <li>
            <strong>Whether it is a spam trap.</strong> A <Link href="/glossary#spam-trap">spam trap</Link> answers like any other
            mailbox. That is its purpose. Services that flag traps use their own lists, not the mail protocol.
          </li>
          <li>
            <strong>A single mailbox behind a catch-all domain.</strong> The server says yes to{' '}
            <Link href="/glossary#catch-all">every name</Link>, so its yes proves nothing.
          </li>
        </ul>
      ),
    },
    {
      id: 'when',
      heading: 'When to verify',
      body: (
        <ul>
          <li>
            <Link href="/use-cases/signup-forms">At sign-up</Link>, while a typo can still be corrected.
          </li>
          <li>
            <Link href="/use-cases/list-cleaning">Before a mailing</Link> to a list that has not been used for some months.
          </li>
          <li>
            <Link href="/use-cases/crm-hygiene">On a schedule</Link>, for records that people work with every day.
          </li>
        </ul>
      ),
    },
  ],
  sources: [
    { title: 'RFC 5321, Simple Mail Transfer Protocol', url: 'https://www.rfc-editor.org/rfc/rfc5321', read: null },
    { title: 'RFC 5322, Internet Message Format', url: 'https://www.rfc-editor.org/rfc/rfc5322', read: null },
  ],
  faq: [
    {
      question: 'Is email verification the same as email validation?',
      answer:
        'Many people use the words for the same thing. Strictly, validation looks at the spelling and the domain, and verification also asks the mail server about the mailbox.',
    },
    {
      question: 'Does the owner of the address notice?',
      answer:
        'No message is sent, so nothing arrives. The mail server sees a short connection that names the address, and its operator may find it in a log.',
    },
    {
      question: 'Does verification guarantee delivery?',
      answer:
        'No. It tells you whether the mail server accepts the recipient. Spam filters decide later, based on the message and the sender’s reputation.',
    },
    {
      question: 'Is verification allowed under privacy law?',
      answer:
        'An email address is personal data in many countries, so you need a reason to process it, the same as for storing it. Checking an address that somebody gave you in order to reach them is the usual case. Ask your lawyer about yours.',
    },
    {
      question: 'Can a verifier replace double opt-in?',
      answer:
        'No. It can tell that a mailbox exists, but not that its owner is the person who filled in your form, or that they want your mail.',
    },
  ],
  callToAction: {
    title: 'Check an address',
    text: 'The free verifier shows all seven layers as they answer. No account needed.',
    first: 'check',
  },
};
