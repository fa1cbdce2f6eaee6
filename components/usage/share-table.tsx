import type { ReactNode } from 'react';
import { cn } from '@/components/ui/cn';
import { formatCount } from '@/lib/platform/numbers';

export interface ShareRow {
  key: string;
  name: ReactNode;
  answers: number;
  credits: number;
  /** Class of the bar's color. */
  fill: string;
}

interface ShareTableProps {
  label: string;
  /** What the first column holds. */
  heading: string;
  rows: readonly ShareRow[];
}

/** Groups with their answers and credits; the bar under a name is its share of all answers. */
export function ShareTable({ label, heading, rows }: ShareTableProps) {
  const all = Math.max(
    1,
    rows.reduce((sum, { answers }) => sum + answers, 0),
  );
  return (
    <div role="region" aria-label={label} tabIndex={0} className="max-h-96 overflow-auto -outline-offset-2">
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
              Credits
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, name, answers, credits, fill }) => (
            <tr key={key} className="border-t border-hairline">
              <th scope="row" className="w-full max-w-0 py-2 font-normal">
                <span className="block truncate">{name}</span>
                <span aria-hidden="true" className="mt-1 block h-1 overflow-hidden rounded-full bg-sunken">
                  <span className={cn('block h-full', fill)} style={{ width: `${(answers / all) * 100}%` }} />
                </span>
              </th>
              <td className="py-2 pl-4 text-right align-top">{formatCount(answers)}</td>
              <td className="py-2 pl-4 text-right align-top">{credits === 0 ? 'Free' : formatCount(credits)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
