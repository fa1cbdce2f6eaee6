import Link from 'next/link';
import type { Article } from '../article';
import { LIST_FILE_MAX_BYTES, LIST_ROWS_MAX } from '@/lib/platform/limits';
import { formatCount } from '@/lib/platform/numbers';

export const listCleaning: Article = {
  path: '/use-cases/list-cleaning',
  title: 'Clean an email list before you send',
  description:
    'Upload a list, see what it holds and the most it can cost, verify it, and download it with a verdict in every row. Unknown answers are free.',
  updated: '2026-11-29',
  lead: (
    <>
      Upload the file you have. Before anything is verified you see what is in it and the most it can cost. You get back the same
      file, in the same order, with a verdict in every row.
    </>
  ),
  sections: [
    {
      id: 'upload',
      heading: 'Upload what you have',
      body: (
        <>
          <p>
            CSV, TSV, TXT or XLSX, optionally gzipped, up to {formatCount(LIST_ROWS_MAX)} rows and{' '}
            {LIST_FILE_MAX_BYTES / 1024 / 1024} MB. The content counts, not the file’s name: encoding, delimiter, header and
            address column are detected, and you can choose another column without uploading again. An upload survives a broken
            connection.
          </p>
          <p>
            Duplicates are found across different spellings of the same mailbox, and a row that can’t be used says why. Your own
            columns are kept.
          </p>
        </>
      ),
    },
    {
      id: 'quote',
      heading: 'Know the price first',
      body: (
        <p>
          The quote is an upper limit: unique, well-formed addresses at one credit each. Then only answers are charged. Unknown
          answers, dead domains and catch-all answers cost nothing, and the credits set aside for them come back when the list is
          done. <Link href="/pricing#free">Which answers are free</Link>.
        </p>
      ),
    },
    {
      id: 'run',
      heading: 'Watch it, or close the tab',
      body: (
        <p>
          A list runs in the background. You can pause, resume or cancel it at any time, and read the results while it runs.
          Addresses that can’t be decided yet, such as greylisted ones, are retried on a schedule, and the page says how many are
          waiting and until when.
        </p>
      ),
    },
    {
      id: 'export',
      heading: 'Take what you need',
      body: (
        <ul>
          <li>
            One click downloads the addresses that can be mailed. You can also download any verdict, any filter, or everything.
          </li>
          <li>CSV, XLSX or JSON lines, with your columns first and the verdict beside them.</li>
          <li>Cells that a spreadsheet would run as formulas are made harmless.</li>
          <li>Rows are kept for 1 to 90 days, as you choose, and then deleted.</li>
        </ul>
      ),
    },
    {
      id: 'after',
      heading: 'After the mailing',
      body: (
        <p>
          If an address that we called deliverable hard-bounces, report it within 30 days with the server’s code. You get its
          credit back, within limits, and the report counts toward how far our scores can be trusted.
        </p>
      ),
    },
  ],
  howTo: {
    name: 'How to clean an email list',
    steps: [
      'Upload the file, or paste the addresses.',
      'Check the preview, and choose the address column if the wrong one was found.',
      'Read the quote: rows, duplicates, malformed addresses, and the most it can cost.',
      'Start the list, and wait for the email or watch it run.',
      'Download the addresses that can be mailed, and suppress the undeliverable ones.',
      'Retry the unknown ones after a day or two.',
    ],
  },
  sources: [],
  faq: [
    {
      question: 'How long does a list take?',
      answer:
        'It depends on whose servers it asks. Hosts that answer at once are done quickly; big providers set their own pace, and we keep to it. The page of a list shows the rate and the time left.',
    },
    {
      question: 'What if my credits run out halfway?',
      answer:
        'A list that may run until the credits are used up pauses, keeps its answers, and resumes after the next purchase. One that must run in full sets its maximum aside before it starts.',
    },
    {
      question: 'Do I pay for duplicates?',
      answer: 'No. Each mailbox is verified and charged once in a list, in whatever spellings it appears.',
    },
    {
      question: 'Can I clean a bought list?',
      answer:
        'No. Our acceptable use policy does not allow it, and it would not help: the people on it did not ask for your mail.',
    },
  ],
  callToAction: {
    title: 'See what is in your list',
    text: 'Upload it with a free account. The count and the quote are free.',
  },
};
