import type { ReactNode } from 'react';
import { Card } from '@/components/ui/card';
import { LocalTime } from '@/components/ui/local-time';
import { formatCount } from '@/lib/platform/numbers';

interface BalancePanelProps {
  available: number;
  held: number;
  expiring: readonly { expiresAt: string; credits: number }[];
  mark: number;
  /** A control that changes the mark. */
  markAction: ReactNode;
}

/** The balance, how much of it is held, and what will expire. */
export function BalancePanel({ available, held, expiring, mark, markAction }: BalancePanelProps) {
  return (
    <Card>
      <dl className="grid gap-6 sm:grid-cols-[auto_auto_1fr] sm:gap-12">
        <div>
          <dt className="text-table text-muted">Available</dt>
          <dd className="text-display font-semibold tracking-tight tabular-nums">{formatCount(available)}</dd>
        </div>
        <div>
          <dt className="text-table text-muted">Held for running checks</dt>
          <dd className="text-display font-semibold tracking-tight tabular-nums">{formatCount(held)}</dd>
        </div>
        <div>
          <dt className="text-table text-muted">Expires</dt>
          <dd className="mt-1 text-body">
            {expiring.length === 0 ? (
              'None of your credits expire.'
            ) : (
              <ul className="flex flex-col gap-0.5">
                {expiring.map(({ expiresAt, credits }) => (
                  <li key={expiresAt} className="tabular-nums">
                    {formatCount(credits)} on <LocalTime iso={expiresAt} show="date" />
                  </li>
                ))}
              </ul>
            )}
          </dd>
        </div>
      </dl>
      <div className="mt-5 flex flex-wrap items-center gap-3 border-t border-hairline pt-4 text-table text-muted">
        <p>
          {mark > 0
            ? `Owners get an email when fewer than ${formatCount(mark)} credits are left.`
            : 'Nobody gets an email when credits run low.'}
        </p>
        {markAction}
      </div>
    </Card>
  );
}
