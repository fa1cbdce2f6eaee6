import type { ReactNode } from 'react';
import { formatCount } from '@/lib/platform/numbers';

export interface ShareRow {
  key: string;
  name: ReactNode;
  answers: number;
  credits: number;
}

interface ShareTableProps {
  label: string;
  /** What the first column holds. */
  heading: string;
  rows: readonly ShareRow[];
}

/** Groups with their answers, the share of these in all answers, and their credits. */
export function ShareTable({ label, heading, rows }: ShareTableProps) {
  const all = Math.max(
    1,
    rows.reduce((sum, { answers }) => sum + answers, 0),
  );
  return (
    <div role="region" aria-label={label} tabIndex={0} className="mt-4 max-h-96 overflow-auto -outline-offset-2">
      <table className="w-full text-left text-table tabular-nums">
        <thead>
          <tr className="text-meta text-muted">
            <th scope="col" className="pb-2 font-medium">
              {heading}
            </th>
            <th scope="col" className="pb-2 pl-4 text-right font-medium">
              Answers
            </th>
            <th scope="col" className="pb-2 pl-4 text-right font-medium">
              Share
            </th>
            <th scope="col" className="pb-2 pl-4 text-right font-medium">
              Credits
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, name, answers, credits }) => (
            <tr key={key} className="border-t border-hairline">
              <th scope="row" className="w-full max-w-0 truncate py-2 font-normal">
                {name}
              </th>
              <td className="py-2 pl-4 text-right align-top">{formatCount(answers)}</td>
              <td className="py-2 pl-4 text-right align-top whitespace-nowrap text-muted">{shareWords(answers / all)}</td>
              <td className="py-2 pl-4 text-right align-top">{credits === 0 ? 'Free' : formatCount(credits)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Rounded, but never a nothing that is something. */
const shareWords = (share: number): string => (share > 0 && share < 0.01 ? '<1 %' : `${Math.round(share * 100)} %`);
