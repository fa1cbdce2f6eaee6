import Link from 'next/link';
import { COMPARISONS } from '@/content/compare/comparisons';
import { type Topic, TOPIC_LABEL } from '@/content/compare/comparison';
import { OURS } from '@/content/compare/ours';

const SHOWN: readonly Topic[] = ['charged', 'unknown'];
const CELL = 'px-4 py-4 align-top sm:px-5';

/** A day, not a moment: it is the same on every clock. */
const dayWords = (day: string): string =>
  new Date(day).toLocaleDateString('en-US', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });

interface Row {
  name: string;
  href: string;
  texts: readonly (string | undefined)[];
  read: string | null;
}

const ROWS: readonly Row[] = [
  { name: 'Email Verifier', href: '/pricing#free', texts: SHOWN.map((topic) => OURS[topic].text), read: null },
  ...COMPARISONS.map(({ name, path, facts }) => ({
    name,
    href: path,
    texts: SHOWN.map((topic) => facts[topic]?.text),
    read: facts.charged?.source.read ?? facts.unknown?.source.read ?? null,
  })),
];

/** What other services charge for, as their own pages say it. A table on a desk, a card each on a phone. */
export function ChargesCompared() {
  return (
    <div className="overflow-hidden rounded-dialog border border-hairline bg-bg">
      <table className="w-full text-left text-body max-md:block">
        <caption className="sr-only">What is charged, by service</caption>
        <thead className="bg-raised text-table text-muted max-md:sr-only">
          <tr>
            <th scope="col" className={`${CELL} py-2.5 font-medium`}>
              Service
            </th>
            {SHOWN.map((topic) => (
              <th key={topic} scope="col" className={`${CELL} py-2.5 font-medium`}>
                {TOPIC_LABEL[topic]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="max-md:block">
          {ROWS.map((row) => (
            <ChargeRow key={row.name} row={row} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ChargeRow({ row: { name, href, texts, read } }: { row: Row }) {
  const isOurs = read === null && name === 'Email Verifier';
  return (
    <tr className={`border-t border-hairline first:border-t-0 max-md:block max-md:py-3 ${isOurs ? 'bg-pending-tint/40' : ''}`}>
      <th scope="row" className={`${CELL} font-semibold whitespace-nowrap max-md:block max-md:py-1`}>
        <Link href={href} prefetch={false} className="inline-block rounded-control py-1 hover:underline hover:underline-offset-4">
          {name}
        </Link>
        {read !== null && (
          <span className="block text-meta font-normal text-subtle">
            read <time dateTime={read}>{dayWords(read)}</time>
          </span>
        )}
      </th>
      {SHOWN.map((topic, index) => (
        <td key={topic} className={`${CELL} max-md:block max-md:py-1 ${isOurs ? '' : 'text-muted'}`}>
          <span className="block text-meta text-subtle md:hidden">{TOPIC_LABEL[topic]}</span>
          {texts[index] ?? 'Not found on the pages we read.'}
        </td>
      ))}
    </tr>
  );
}
