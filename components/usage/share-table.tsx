import type { ReactNode } from 'react';
import { cn } from '@/components/ui/cn';
import { Table, Td, Th, Tr } from '@/components/ui/table';
import { formatCount } from '@/lib/platform/numbers';

export interface ShareRow {
  key: string;
  name: ReactNode;
  answers: number;
  credits: number;
}

interface ShareTableProps {
  label: string;
  /** The header of the first column. */
  heading: string;
  rows: readonly ShareRow[];
}

/** The panel around the table already has padding. */
const EDGE = 'h-9 py-1.5 first:pl-0 last:pr-0 sm:first:pl-0 sm:last:pr-0';

/** Groups with their answers, their share of all answers, and their credits. */
export function ShareTable({ label, heading, rows }: ShareTableProps) {
  const all = Math.max(
    1,
    rows.reduce((sum, { answers }) => sum + answers, 0),
  );
  return (
    <Table label={label} className="mt-2 tabular-nums">
      <thead>
        <tr>
          <Th className={EDGE}>{heading}</Th>
          {['Answers', 'Share', 'Credits'].map((name) => (
            <Th key={name} className={cn('text-right', EDGE)}>
              {name}
            </Th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, name, answers, credits }) => (
          <Tr key={key}>
            <th scope="row" className="w-full max-w-0 truncate py-1.5 font-normal">
              {name}
            </th>
            <Td className={cn('text-right', EDGE)}>{formatCount(answers)}</Td>
            <Td className={cn('text-right whitespace-nowrap text-muted', EDGE)}>{shareWords(answers / all)}</Td>
            <Td className={cn('text-right', EDGE)}>{credits === 0 ? 'Free' : formatCount(credits)}</Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  );
}

/** Rounded, but a share above zero is never shown as zero. */
const shareWords = (share: number): string => (share > 0 && share < 0.01 ? '<1%' : `${Math.round(share * 100)}%`);
