import Link from 'next/link';
import { LayersExplained } from '@/components/marketing/layers-explained';
import { SampleAnswer } from '@/components/marketing/sample-answer';
import type { Article } from '../article';

export const howItWorks: Article = {
  path: '/learn/how-it-works',
  title: 'How Email Verifier works',
  description:
    'Seven layers, one verdict: what each layer asks, a real exchange with a mail server from start to finish, and how the verdict is decided.',
  updated: '2026-11-29',
  lead: (
    <>
      Seven layers each ask one question about an address. When all have answered, we decide one verdict, and you get it together
      with everything that was said along the way.
    </>
  ),
  sections: [
    {
      id: 'layers',
      heading: 'The seven layers',
      body: <p>Each layer reports what it found, whether that is good news or bad, and how long it took.</p>,
      figure: <LayersExplained />,
      after: (
        <p>
          Only the first three can end the work early: if the spelling is impossible, the domain does not exist, or nobody takes
          its mail, there is nobody to ask. A disposable domain or a role name never skips the question to the mail server.
        </p>
      ),
    },
    {
      id: 'exchange',
      heading: 'A real exchange',
      body: (
        <p>
          This check ran against a mail server of our sandbox, the test mail servers that come with the product. “Evidence” shows
          what the server said, word for word, with its code and the time it took.
        </p>
      ),
      figure: <SampleAnswer />,
      after: (
        <p>
          The last item is the question that makes the answer worth something: a made-up name at the same domain. The server
          refused that as well, so it does not accept every name, and its refusal of the first one is a statement about that
          mailbox.
        </p>
      ),
    },
    {
      id: 'verdict',
      heading: 'How the verdict is decided',
      body: (
        <>
          <p>The first line that applies decides:</p>
          <ol>
            <li>Your own blocklist names the address: risky.</li>
            <li>The spelling, the domain or the lack of a mail host rules it out: undeliverable.</li>
            <li>The mail server says that the mailbox does not exist or is disabled: undeliverable.</li>
            <li>The domain is a disposable provider: risky.</li>
            <li>The domain is a known look-alike of a big provider: risky.</li>
            <li>The mailbox is full: risky.</li>
            <li>Anything left the question open: unknown, with the reason.</li>
            <li>The domain accepts every name: risky.</li>
            <li>The name is a role, such as info@: risky.</li>
            <li>The server accepted this name and refuses made-up ones: deliverable.</li>
          </ol>
          <p>
            So a dead mailbox with a role name is undeliverable, not risky, and a server that blocks us never makes an address
            undeliverable.
          </p>
        </>
      ),
    },
    {
      id: 'difficult-servers',
      heading: 'When a server does not give a plain answer',
      body: (
        <>
          <p>
            Many don’t. Some <Link href="/glossary#greylisting">greylist</Link> strangers, some limit recipients, some drop the
            connection, and some tell a blocked sender that nobody exists. For each of these there is a strategy: wait as long as
            the server asked, use fewer recipients on a connection, try the next mail host, or ask again from another of our
            addresses. If time may bring an answer, we ask again on a schedule. If nothing helps, the verdict is unknown, and it
            is free.
          </p>
          <p>
            When a server that used to accept mailboxes suddenly refuses everyone, a mailbox that it accepted before is asked
            again. If that is refused, too, we are blocked, and none of those refusals counts as an answer.
          </p>
        </>
      ),
    },
    {
      id: 'polite',
      heading: 'What we don’t do',
      body: (
        <ul>
          <li>
            We never send <code>DATA</code>, the command that starts a message. No code path does.
          </li>
          <li>We ask a domain about made-up names at most once a day: one pair of names, shared by all customers.</li>
          <li>
            We limit connections and recipients per hour for each destination, across all customers, and use few connections for
            many addresses.
          </li>
          <li>
            We don’t log in anywhere, use password-reset forms, or ask third parties about a person. What the mail server says is
            the evidence.
          </li>
        </ul>
      ),
    },
  ],
  howTo: {
    name: 'How an email address is verified',
    steps: [
      'Check the spelling against RFC 5321, RFC 6531 and the rules of the provider.',
      'Ask DNS whether the domain exists.',
      'Find the mail hosts of the domain by its MX records.',
      'Look the domain up in lists of disposable providers and private relays.',
      'Check whether the name stands for a function rather than a person.',
      'Connect to the mail host and ask about the mailbox with RCPT TO, without sending a message.',
      'Ask about a made-up name at the same domain, to find out whether it accepts every name.',
    ],
  },
  sources: [
    { title: 'RFC 5321, Simple Mail Transfer Protocol', url: 'https://www.rfc-editor.org/rfc/rfc5321', read: null },
    { title: 'RFC 7505, A “Null MX” No Service Resource Record', url: 'https://www.rfc-editor.org/rfc/rfc7505', read: null },
    {
      title: 'RFC 6647, Email Greylisting: An Applicability Statement for SMTP',
      url: 'https://www.rfc-editor.org/rfc/rfc6647',
      read: null,
    },
  ],
  faq: [
    {
      question: 'How long does one check take?',
      answer:
        'Mostly as long as the mail server takes: a fresh connection needs about seven round trips, three of them for encryption; an open one needs one. A server that puts off strangers can stretch it to minutes. The answer is pending until then, and the API returns 202 if your time budget ends first.',
    },
    {
      question: 'What is in the evidence?',
      answer:
        'For each exchange: the mail host and its address, the stage, the reply code, the enhanced status, the server’s words with addresses removed, what we took them to mean, and how long it took.',
    },
    {
      question: 'Why is a catch-all address risky and not deliverable?',
      answer:
        'Because the server would say yes to any name. The mailbox may exist, but its answer can’t tell you. A catch-all answer costs nothing.',
    },
    {
      question: 'What does the score mean?',
      answer:
        'It is an estimate, from 0 to 100, that mail to the address would not hard-bounce, with the reasons for it. Unknown addresses have no score, since no number stands for “we could not tell”.',
    },
  ],
  callToAction: {
    title: 'See it for your own address',
    text: 'Type an address and watch the seven layers answer, one by one. No account needed.',
    first: 'check',
  },
};
