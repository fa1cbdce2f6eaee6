import Link from 'next/link';
import { AccuracyTable } from '@/components/learn/accuracy-table';
import { LocalTime } from '@/components/ui/local-time';
import { ACCURACY, ACCURACY_PAGE, CONNECTIONS, REPLIES_READ, SITUATIONS } from './accuracy';
import type { Article } from './article';

const { first, second } = REPLIES_READ;

export const accuracyArticle: Article = {
  ...ACCURACY_PAGE,
  lead: (
    <>
      We measure on real mail servers whose mailboxes we know, and publish the method, the figures, and what they don’t say. There
      is no single percentage for the whole internet, and we don’t print one.
    </>
  ),
  sections: [
    {
      id: 'method',
      heading: 'How it is measured',
      body: (
        <>
          <p>
            The source code comes with a truth: {ACCURACY.addresses} addresses, each with the answer that its server’s
            configuration dictates. No verifier has a say in it. The servers are real Postfix, Exim, OpenSMTPD and Haraka in many
            set-ups, and a zoo of hosts that behave oddly: they greylist, throttle, drop connections, demand encryption, accept
            every name, or block one of two sending addresses.
          </p>
          <p>
            {ACCURACY.unknowable} of the addresses can’t be known by anybody from outside. There the right answer is{' '}
            <Link href="/glossary#unknown">unknown</Link>, and any other is wrong, even one that happens to be true.
          </p>
          <p>
            Beside ours runs a <em>naive</em> verifier, the program that everybody writes first: the first mail host, one
            connection for each address, one sending address, one made-up name.
          </p>
        </>
      ),
    },
    {
      id: 'figures',
      heading: 'What came out',
      body: (
        <>
          <AccuracyTable />
          <p>
            Measured on <LocalTime iso={ACCURACY.measured} show="date" />. In three runs on an idle machine and three on a busy
            one, every address got the same verdict each time.
          </p>
          <p>
            The row that costs people most is the third: living mailboxes called undeliverable. A naive verifier reads a block or
            a greylisting as “does not exist”, and a customer is thrown away.
          </p>
        </>
      ),
    },
    {
      id: 'replies',
      heading: 'Reading replies nobody has seen',
      body: (
        <>
          <p>
            The hardest part is what a server’s words mean. Batches of replies were labeled before anything had read them, and
            scored once. The newest, in the mix that servers send: {first.replies} replies of {first.servers} servers, gateways
            and logs, read with a macro recall of {first.recall}; {first.ambiguous} were called unclear. The one before, chosen
            for being rare: {second.replies} of {second.servers}, with {second.recall} and {second.ambiguous}.
          </p>
          <p>
            Taking a word about us or about time for a word about the mailbox is the mistake we guard against most. It happened
            with {first.readAsAboutTheMailbox} replies of the newest batch and {second.readAsAboutTheMailbox} of the one before.
            What was read wrong in the newest took one refusal of us for another, a dead mailbox or domain for a refusal of us, or
            called a missing mailbox disabled.
          </p>
        </>
      ),
    },
    {
      id: 'polite',
      heading: 'How little we ask',
      body: (
        <p>
          Fewer connections mean fewer blocks, and so fewer unknowns. At two hosts with 120 addresses each, Postfix saw{' '}
          {CONNECTIONS.postfix} connections for each address and Exim {CONNECTIONS.exim}. {SITUATIONS} situations in which a host
          does not simply answer have a strategy and a test each.
        </p>
      ),
    },
    {
      id: 'limits',
      heading: 'What these figures do not say',
      body: (
        <ul>
          <li>
            The truth was written with the product, and every row that was once wrong has been mended since. It shows that nothing
            that was learned was lost, not what unknown servers bring.
          </li>
          <li>
            Nothing here was measured against the public internet. How often Gmail or Microsoft 365 answers us depends on the
            sending addresses of an installation and on the day.
          </li>
          <li>
            A domain that accepts mail and then drops it silently looks like one that delivers. So does a spam trap, and a mailbox
            nobody opens.
          </li>
          <li>
            The <Link href="/learn/how-it-works">score</Link> of an address is an estimate until enough outcomes have been
            reported: 1,000, with 50 hard bounces among them. Before that we publish no figure about it.
          </li>
        </ul>
      ),
    },
    {
      id: 'repeat',
      heading: 'Repeat it',
      body: (
        <p>
          Everything needed comes with the source code: the truth, the servers’ configurations, the naive verifier, and the bench
          that runs a verifier of yours on the same addresses. <code>npm run test:mta</code> sets the servers up on a Debian
          machine, and <code>npm run bench -- accuracy</code> prints the table above.
        </p>
      ),
    },
  ],
  sources: [],
  faq: [
    {
      question: 'Why do you not say “99 % accurate”?',
      answer:
        'Because the number depends on the list. A list of confirmed Gmail addresses and a list of guessed company addresses give very different shares of unknown, with any verifier. We say what was measured, and on what.',
    },
    {
      question: 'How can I measure it on my own list?',
      answer:
        'Verify a list that you are about to mail, send as you would have, and compare the hard bounces with the verdicts. Report the bounces, and their credits come back, within limits.',
    },
    {
      question: 'What counts as wrong?',
      answer:
        'A verdict that differs from the truth, also where it claims too much: an answer where nobody can know is wrong, even if it happens to be true.',
    },
  ],
  callToAction: {
    title: 'Try an address whose outcome you know',
    text: 'You see the verdict and everything it rests on. No account is needed.',
  },
};
