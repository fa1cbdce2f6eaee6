import Link from 'next/link';
import { Table, Td, Th } from '@/components/ui/table';
import { COMPARISONS } from '@/content/compare/comparisons';
import { type Topic, TOPIC_LABEL } from '@/content/compare/comparison';
import { OURS } from '@/content/compare/ours';

const SHOWN: readonly Topic[] = ['charged', 'unknown'];

/** A calendar day, not a moment: it is the same in every time zone. */
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

/** What other services charge for, according to their own pages. A table on wide screens, one card per service on a phone. */
export function ChargesCompared() {
  return (
    <div className="overflow-hidden rounded-dialog border border-hairline bg-card">
      <Table label="What is charged, by service" className="text-pretty" stacks>
        <thead className="bg-raised">
          <tr>
            <Th>Service</Th>
            {SHOWN.map((topic) => (
              <Th key={topic}>{TOPIC_LABEL[topic]}</Th>
            ))}
          </tr>
        </thead>
        <tbody className="text-body">
          {ROWS.map((row) => (
            <ChargeRow key={row.name} row={row} />
          ))}
        </tbody>
      </Table>
    </div>
  );
}

function ChargeRow({ row: { name, href, texts, read } }: { row: Row }) {
  const isOurs = read === null && name === 'Email Verifier';
  return (
    <tr className={`border-b border-hairline last:border-b-0 ${isOurs ? 'bg-pending-tint/40' : ''}`}>
      <th scope="row" className="px-4 py-3 align-top font-semibold whitespace-nowrap sm:px-5">
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
        <Td key={topic} className={`py-4 align-top ${isOurs ? '' : 'text-muted'}`}>
          <span className="block text-meta text-subtle md:hidden">{TOPIC_LABEL[topic]}</span>
          {texts[index] ?? 'Not found on the pages we read.'}
        </Td>
      ))}
    </tr>
  );
}
