import Form from 'next/form';
import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { Input } from '@/components/ui/input';
import { cn } from '@/components/ui/cn';
import { lastDays, type DayRange } from '@/lib/credits/rules/usage';

const PRESETS = [7, 30, 90, 365] as const;

/** Chooses which days are shown: a few common ranges, or two dates. The choice is part of the URL, like every filter. */
export function RangeForm({ range, today }: { range: DayRange; today: Date }) {
  return (
    <div className="mb-4 flex flex-wrap items-end gap-x-6 gap-y-3">
      <nav aria-label="Usual ranges" className="flex flex-wrap gap-1">
        {PRESETS.map((days) => {
          const { from, to } = lastDays(days, today);
          const isCurrent = from === range.from && to === range.to;
          return (
            <Link
              key={days}
              href={`/usage?from=${from}&to=${to}`}
              aria-current={isCurrent ? 'true' : undefined}
              className={cn(
                'flex h-9 items-center rounded-control px-3 text-body hover:bg-sunken hover:text-fg',
                isCurrent ? 'bg-sunken font-medium text-fg' : 'text-muted',
              )}
            >
              {days === 365 ? 'A year' : `${days} days`}
            </Link>
          );
        })}
      </nav>
      <Form action="/usage" key={`${range.from}${range.to}`} className="flex flex-wrap items-end gap-2">
        <label className="flex items-center gap-2 text-table text-muted">
          From
          <Input type="date" name="from" defaultValue={range.from} max={range.to} className="w-36" />
        </label>
        <label className="flex items-center gap-2 text-table text-muted">
          to
          <Input type="date" name="to" defaultValue={range.to} className="w-36" />
        </label>
        <Button type="submit" variant="secondary">
          Show
        </Button>
      </Form>
    </div>
  );
}
