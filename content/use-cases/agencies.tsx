import Link from 'next/link';
import type { Article } from '../article';

export const agencies: Article = {
  path: '/use-cases/agencies',
  title: 'Email verification for agencies',
  description:
    'Verify the lists of many clients, show each of them the evidence, keep costs apart with a key and a budget for each, or host it yourself.',
  updated: '2026-11-29',
  lead: (
    <>
      You send for other people, with lists you did not build. So you need to know what is in a list before it goes out, be able
      to show why an address was left out, and know which client caused the cost.
    </>
  ),
  sections: [
    {
      id: 'before',
      heading: 'Look before you accept a list',
      body: (
        <p>
          Upload it and read the summary before you verify anything: rows, duplicates, malformed addresses. Then verify, and look
          at dead domains, catch-all domains and the expected range of bounces. A list with a third of its mailboxes gone was not
          collected last month, whatever the client says.
        </p>
      ),
    },
    {
      id: 'evidence',
      heading: 'Show your client why',
      body: (
        <p>
          “The tool says invalid” ends in an argument. “Their mail server answered <code>550 5.1.1 User unknown</code> on Tuesday
          at 10:14” does not. Every row opens with this evidence, and exports carry the reason.
        </p>
      ),
    },
    {
      id: 'apart',
      heading: 'Keep clients apart',
      body: (
        <ul>
          <li>A key for each client, with a monthly budget. The usage page shows credits by key.</li>
          <li>A list for each file, named as you like, with its own cost and its own retention, from 1 to 90 days.</li>
          <li>A ledger in which each charge links to the list or check that caused it, as CSV for your invoice.</li>
        </ul>
      ),
    },
    {
      id: 'packs',
      heading: 'Pay per project',
      body: (
        <p>
          Packs never expire, so a quiet month costs nothing. Unknown answers, catch-all answers, dead domains and duplicates are
          free, which matters most with the kind of list that agencies get. <Link href="/pricing#packs">Prices of packs</Link>.
        </p>
      ),
    },
    {
      id: 'self-hosting',
      heading: 'Or run it yourself',
      body: (
        <p>
          The whole product is open source under the MIT license and runs on your own machines: web, workers and PostgreSQL.
          Addresses then leave your network only for the mail servers that are asked. You need outbound port 25 and IP addresses
          with a good reputation, and you need to look after both.
        </p>
      ),
    },
  ],
  sources: [],
  faq: [
    {
      question: 'Can several people share a workspace?',
      answer: 'Not yet: a workspace has one owner today. A key for each client keeps their usage apart.',
    },
    {
      question: 'May I verify a list that my client bought?',
      answer: 'No. The acceptable use policy applies to the people on the list, no matter who sends.',
    },
    {
      question: 'Who is responsible for the data?',
      answer:
        'Usually your client decides why it is processed, you process it for them, and the operator of this installation processes it for you. The data processing agreement on this site is a template for that.',
    },
  ],
  callToAction: {
    title: 'Try it with one client’s list',
    text: 'The Free plan includes lists, keys and evidence. Packs need no contract and never expire.',
  },
};
