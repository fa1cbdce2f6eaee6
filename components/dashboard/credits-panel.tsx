import Link from 'next/link';
import { Card } from '@/components/ui/card';
import { LocalTime } from '@/components/ui/local-time';

interface CreditsPanelProps {
  available: number;
  held: number;
  grantAmount: number;
  planName: string;
  renewsAt: string | null;
}

export function CreditsPanel({ available, held, grantAmount, planName, renewsAt }: CreditsPanelProps) {
  const share = grantAmount === 0 ? 0 : Math.min(100, Math.round((available / grantAmount) * 100));
  return (
    <Card title="Credits" className="h-full">
      <p className="text-hero font-semibold tracking-tight tabular-nums">{available.toLocaleString('en')}</p>
      <p className="text-table text-muted">
        left of {grantAmount.toLocaleString('en')} a month on the {planName} plan
        {held > 0 && `; ${held.toLocaleString('en')} held for checks that still run`}
      </p>
      <div aria-hidden="true" className="mt-4 h-1.5 overflow-hidden rounded-full bg-sunken">
        <div className="h-full rounded-full bg-accent" style={{ width: `${share}%` }} />
      </div>
      {renewsAt !== null && (
        <p className="mt-3 text-table text-muted">
          The next {grantAmount.toLocaleString('en')} come on <LocalTime iso={renewsAt} show="date" />.
        </p>
      )}
      {available === 0 && (
        <p className="mt-3 text-table">
          Answers of the last 24 hours are still free in your{' '}
          <Link href="/verifications" className="text-accent underline underline-offset-2">
            history
          </Link>
          .
        </p>
      )}
    </Card>
  );
}
