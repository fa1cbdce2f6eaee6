import Link from 'next/link';
import { Card } from '@/components/ui/card';
import { cn } from '@/components/ui/cn';
import { Table } from '@/components/ui/table';
import type { Block, CallEntry } from '@/content/docs/docs-page';
import snippets from '@/content/docs/snippets.json';
import { Prose } from '../marketing/prose';
import { CodePanel } from './code-panel';
import { CodeTabs } from './code-tabs';
import { InlineText } from './inline-text';

export function DocsBlock({ block }: { block: Block }) {
  switch (block.kind) {
    case 'text':
      return (
        <Prose>
          <p>
            <InlineText text={block.text} />
          </p>
        </Prose>
      );
    case 'list':
      return <DocsList items={block.items} isOrdered={block.isOrdered ?? false} />;
    case 'table':
      return <DocsTable label={block.label} head={block.head} rows={block.rows} />;
    case 'code':
      return <CodePanel code={block.code} label={block.label} language={block.language} />;
    case 'call':
      return <CallLine method={block.method} path={block.path} />;
    case 'calls':
      return <CallList calls={block.calls} />;
    case 'example':
      return <CodeTabs label={block.label} code={snippets[block.name]} />;
  }
}

const METHOD_COLOR: Readonly<Record<string, string>> = {
  GET: 'bg-success-tint text-success',
  POST: 'bg-info-tint text-info',
  PATCH: 'bg-warning-tint text-warning',
  DELETE: 'bg-danger-tint text-danger',
};

/** A call's method and path, at the top of its section. */
function CallLine({ method, path }: { method: string; path: string }) {
  return (
    <p className="mt-3 flex flex-wrap items-center gap-2 font-mono text-body">
      <Method name={method} />
      <span className="break-all">{path}</span>
    </p>
  );
}

function Method({ name }: { name: string }) {
  return <span className={cn('rounded-control px-1.5 py-0.5 text-meta font-semibold', METHOD_COLOR[name])}>{name}</span>;
}

/** A list of calls; each links to its description. */
function CallList({ calls }: { calls: readonly CallEntry[] }) {
  return (
    <ul className="mt-4 divide-y divide-hairline rounded-card border border-hairline">
      {calls.map(({ id, method, path, summary, href }) => (
        <li
          key={id}
          id={id}
          className="flex scroll-mt-20 flex-col gap-1 px-4 py-2.5 text-body target:bg-sunken sm:flex-row sm:gap-4"
        >
          <span className="flex items-baseline gap-2 font-mono text-table sm:w-96 sm:shrink-0">
            <span className="w-16 shrink-0">
              <Method name={method} />
            </span>
            <Link href={href} className="break-all text-accent underline underline-offset-2">
              {path}
            </Link>
          </span>
          <span className="text-muted">{summary}</span>
        </li>
      ))}
    </ul>
  );
}

function DocsList({ items, isOrdered }: { items: readonly string[]; isOrdered: boolean }) {
  const List = isOrdered ? 'ol' : 'ul';
  return (
    <Prose>
      <List>
        {items.map((item) => (
          <li key={item}>
            <InlineText text={item} />
          </li>
        ))}
      </List>
    </Prose>
  );
}

interface DocsTableProps {
  label: string;
  head: readonly string[];
  rows: readonly (readonly string[])[];
}

/** Styled once, on the table: the reference has thousands of cells. */
const TABLE =
  '[&_a]:text-accent [&_a]:underline [&_a]:underline-offset-2 [&_code]:font-mono [&_td]:px-4 [&_td]:py-2.5 [&_td]:align-top sm:[&_wbr]:hidden max-sm:[&_:is(td,th)]:px-3 [&_th]:h-9 [&_th]:px-4 [&_th]:text-meta [&_th]:font-medium sm:[&_th]:whitespace-nowrap [&_th]:text-muted [&_tr]:border-t [&_thead_tr]:border-t-0';

/**
 * A table that explains: sentences in its second column. They get room on a desktop, and a line of their own on a phone, below the name and
 * the last column, which then says what it is.
 */
const EXPLAINING =
  'sm:[&_td:nth-child(2)]:min-w-72 sm:[&_td:nth-child(3)]:min-w-28 max-sm:[&_:is(table,tbody)]:block max-sm:[&_thead]:sr-only max-sm:[&_tbody_tr]:flex max-sm:[&_tbody_tr]:flex-wrap max-sm:[&_tbody_tr]:gap-x-3 max-sm:[&_tbody_tr]:gap-y-1 max-sm:[&_tbody_tr]:px-4 max-sm:[&_tbody_tr]:py-3 max-sm:[&_tbody_tr:first-child]:border-t-0 max-sm:[&_td]:p-0! max-sm:[&_td]:wrap-anywhere max-sm:[&_td:nth-child(2)]:order-last max-sm:[&_td:nth-child(2)]:w-full max-sm:[&_td:nth-child(3)]:text-muted max-sm:[&_td:nth-child(3)]:before:content-[attr(data-head)]';

/** A table of names in code that don't fit beside each other on a phone: there the first stands above the others, as in its head. */
const NAMING =
  'sm:[&_td:not(:first-child)]:min-w-40 max-sm:[&_:is(table,thead,tbody)]:block max-sm:[&_tr]:flex max-sm:[&_tr]:flex-wrap max-sm:[&_tr]:justify-between max-sm:[&_tr]:gap-x-4 max-sm:[&_tr]:gap-y-0.5 max-sm:[&_tr]:px-4 max-sm:[&_tr]:py-2.5 max-sm:[&_:is(td,th)]:h-auto! max-sm:[&_:is(td,th)]:p-0! max-sm:[&_td]:wrap-anywhere max-sm:[&_:is(td,th):first-child]:w-full max-sm:[&_td:first-child]:font-medium max-sm:[&_td:nth-child(3)]:text-muted max-sm:[&_tbody_tr:first-child]:border-t';

/** What fits beside each other on a phone, in characters of code. */
const PHONE_ROW_CHARS = 36;

const doesName = (head: readonly string[], rows: readonly (readonly string[])[]): boolean =>
  head.length <= 3 &&
  rows.some(([first = '']) => first.startsWith('`')) &&
  head.reduce((sum, _, column) => sum + Math.max(...rows.map((row) => plainLength(row[column] ?? ''))), 0) > PHONE_ROW_CHARS;

/** The length of a text as it is shown: without the address of a link and the marks of code. */
const plainLength = (text: string): number => text.replaceAll(/\]\([^)]*\)|[[`*]/g, '').length;

const SENTENCE_MIN_WORDS = 6;

const doesExplain = (head: readonly string[], rows: readonly (readonly string[])[]): boolean =>
  head.length <= 3 && rows.some(([, second = '']) => !second.startsWith('`') && second.split(' ').length >= SENTENCE_MIN_WORDS);

/** Words that a value can be, if they are too many to stand one below the other. */
const MANY_WORDS = /(?:`[^`]+`, ){9,}`[^`]+`/;
const WORDS_SHOWN = 3;

/** A long series of words shows the first few; the rest opens without a script, and a browser's search finds it. */
function Cell({ text, breaksCode }: { text: string; breaksCode: boolean }) {
  const all = MANY_WORDS.exec(text)?.[0];
  if (all === undefined) return <InlineText text={text} breaksCode={breaksCode} />;
  const words = all.split(', ');
  return (
    <>
      <InlineText text={text.replace(all, `${words.slice(0, WORDS_SHOWN).join(', ')}, …`)} />
      <details className="mt-1">
        <summary className="inline-block list-none rounded-control text-accent hover:underline hover:underline-offset-2">
          All {words.length} values
        </summary>
        <InlineText text={all} />
      </details>
    </>
  );
}

function DocsTable({ label, head, rows }: DocsTableProps) {
  const explains = doesExplain(head, rows);
  const names = !explains && doesName(head, rows);
  return (
    <Card padded={false} className="my-5">
      <Table
        label={`Table: ${label}`}
        className={cn(
          TABLE,
          explains && EXPLAINING,
          names && NAMING,
          !explains && !names && (head.length > 3 ? 'max-sm:[&_td:last-child]:min-w-48' : 'sm:[&_td:not(:first-child)]:min-w-40'),
        )}
      >
        <thead>
          <tr>
            {head.map((cell) => (
              <th key={cell} scope="col">
                <InlineText text={cell} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.join('|')}>
              {row.map((cell, index) => (
                <td key={head[index] ?? index} data-head={explains && index === 2 ? `${head[index] ?? ''}: ` : undefined}>
                  <Cell text={cell} breaksCode={index === 0} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </Table>
    </Card>
  );
}
