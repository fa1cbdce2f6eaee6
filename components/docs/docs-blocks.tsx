import { Card } from '@/components/ui/card';
import { CodeBlock } from '@/components/ui/code-block';
import { Table, Td, Th, Tr } from '@/components/ui/table';
import type { Block } from '@/content/docs/docs-page';
import snippets from '@/content/docs/snippets.json';
import { Prose } from '../marketing/prose';
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
      return (
        <div className="my-4">
          <CodeBlock code={block.code} label={block.label} />
        </div>
      );
    case 'example':
      return <CodeTabs label={block.label} code={snippets[block.name]} />;
  }
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

function DocsTable({ label, head, rows }: DocsTableProps) {
  return (
    <Card padded={false} className="my-4">
      <Table label={label}>
        <thead>
          <tr>
            {head.map((cell) => (
              <Th key={cell}>{cell}</Th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Tr key={row.join('|')}>
              {row.map((cell, index) => (
                <Td
                  key={head[index] ?? index}
                  className="align-top [&_a]:text-accent [&_a]:underline [&_code]:font-mono [&_code]:text-table"
                >
                  <InlineText text={cell} />
                </Td>
              ))}
            </Tr>
          ))}
        </tbody>
      </Table>
    </Card>
  );
}
