import Link from 'next/link';
import { AccuracyTable, RepliesTable } from '@/components/learn/accuracy-table';
import { LocalTime } from '@/components/ui/local-time';
import { ACCURACY, ACCURACY_PAGE, CONNECTIONS, SITUATIONS } from './accuracy';
import type { Article } from './article';

export const accuracyArticle: Article = {
  ...ACCURACY_PAGE,
  lead: (
    <>
      We test on real mail servers whose mailboxes we know, and publish the method, the results, and their limits. No single
      percentage holds for the whole internet, so we don’t print one.
    </>
  ),
  sections: [
    {
      id: 'method',
      heading: 'How it is measured',
      body: (
        <>
          <p>
            The source code includes a test set: {ACCURACY.addresses} addresses, each with the answer that follows from its
            server’s configuration, not from any verifier. The servers are real Postfix, Exim, OpenSMTPD and Haraka in many
            setups, plus hosts that misbehave: they greylist, throttle, drop connections, demand encryption, accept every name, or
            block one of two sending addresses.
          </p>
          <p>
            For {ACCURACY.unknowable} of the addresses, nobody outside the server can know. There the right answer is{' '}
            <Link href="/glossary#unknown">unknown</Link>, and any other is wrong, even one that happens to be true.
          </p>
          <p>
            For comparison we run a <em>naive</em> verifier, the kind most people write first: it asks the first mail host, opens
            one connection per address, and uses one sending address and one invented name.
          </p>
        </>
      ),
    },
    {
      id: 'figures',
      heading: 'Results',
      body: (
        <>
          <AccuracyTable />
          <p>
            Measured on <LocalTime iso={ACCURACY.measured} show="date" />. In three runs on an idle machine and three on a busy
            one, every address got the same verdict each time.
          </p>
          <p>
            The third row is the one that costs you most: live mailboxes called undeliverable. A naive verifier takes a block or a
            greylisting for “does not exist”, and you lose a customer.
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
            The hardest part is understanding what a server means. We label batches of replies before our reader has seen them,
            and score each batch once. The mistake we guard against most is reading “you are blocked” or “come back later” as “no
            such mailbox”: the last row counts it.
          </p>
          <RepliesTable />
          <p>
            The newest batch comes from gateways, hosting panels, providers and servers of other countries. Its two replies taken
            to be about the mailbox were refusals of us, read as a disabled mailbox and as a full one; both are fixed. Its other
            mistakes confuse one refusal of us with another, or a limit or a failure with a refusal.
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
          {CONNECTIONS.postfix} connections per address and Exim {CONNECTIONS.exim}. For each of {SITUATIONS} situations in which
          a host doesn’t give a plain answer there is a strategy, and a test.
        </p>
      ),
    },
    {
      id: 'limits',
      heading: 'What these figures don’t say',
      body: (
        <ul>
          <li>
            The test set grew along with the product, and every row we once got wrong has been fixed. It shows that we keep what
            we learned, not how we do on servers we have never met.
          </li>
          <li>
            None of this was measured on the public internet. How often Gmail or Microsoft 365 answers depends on an
            installation’s sending addresses and on the day.
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
          Everything you need is in the source code: the test set, the server configurations, the naive verifier, and a bench that
          runs your own verifier on the same addresses. <code>npm run test:mta</code> sets up the servers on a Debian machine, and{' '}
          <code>npm run bench -- accuracy</code> prints the table above.
        </p>
      ),
    },
  ],
  sources: [],
  faq: [
    {
      question: 'Why do you not say “99% accurate”?',
      answer:
        'Because the number depends on the list. Confirmed Gmail addresses and guessed company addresses give very different shares of unknown, with any verifier. We say what was measured, and on what.',
    },
    {
      question: 'How can I measure it on my own list?',
      answer:
        'Verify a list you are about to mail, send as usual, and compare the hard bounces with the verdicts. Report the bounces to get their credits back, within limits.',
    },
    {
      question: 'What counts as wrong?',
      answer:
        'Any verdict that differs from the test set. Claiming too much counts, too: where nobody can know, a definite answer is wrong even if it happens to be true.',
    },
  ],
  callToAction: {
    title: 'Try an address you know the answer for',
    text: 'You get the verdict and all of its evidence. No account needed.',
    first: 'check',
  },
};
