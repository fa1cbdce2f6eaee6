import Link from 'next/link';
import { Alert } from '@/components/ui/alert';
import { Card } from '@/components/ui/card';
import { ProgressBar } from '@/components/ui/progress-bar';
import { PLANS } from '@/lib/accounts/rules/plans';
import { type Allowance, type AllowancesView, allowanceWords, storageLevel, wayOut } from '@/lib/lists/rules/storage';
import { STORAGE_WARNING_SHARE, TEST_LIST_RETENTION_DAYS } from '@/lib/platform/limits';

/** The plan's storage and daily allowances, and how much of each is used. */
export function AllowancesPanel({ view }: { view: AllowancesView }) {
  const { plan, stored, keeps, testLists, freeAnswers } = view;
  const of = (thing: keyof typeof keeps): Allowance => ({ used: stored[thing], allowed: keeps[thing] });
  return (
    <Card>
      {storageLevel(stored, plan) === 'full' && (
        <Alert tone="warning" title="The storage of your plan is full" className="mb-5">
          Nothing is deleted, but new lists are refused until there is room. {wayOut(plan)}
        </Alert>
      )}
      <dl className="grid gap-x-10 gap-y-6 sm:grid-cols-2">
        <Meter label="Lists kept" allowance={of('lists')} hint="Until their rows are deleted." />
        <Meter label="Rows kept" allowance={of('rows')} hint="Every row of these lists." />
        <Meter
          label="Storage"
          allowance={of('bytes')}
          isBytes
          hint="The text of these rows. Before a list starts, its file counts if it is larger."
        />
        <Meter
          label="Free answers today"
          allowance={freeAnswers}
          hint="Servers were asked, and nothing was charged: unknown, catch-all and dead domains. Resets at 00:00 UTC."
        />
        {testLists.used > 0 && (
          <Meter
            label="Lists of test keys"
            allowance={testLists}
            hint={`Kept for ${TEST_LIST_RETENTION_DAYS * 24} hours; the oldest finished one is deleted to make room for the next.`}
          />
        )}
      </dl>
      <p className="mt-5 border-t border-hairline pt-4 text-table text-muted">
        You are on the {PLANS[plan].name} plan. Lists that are never started are deleted after {PLANS[plan].unstartedListDays}{' '}
        days.{' '}
        <Link href="/pricing#limits" className="text-accent underline underline-offset-2">
          Compare plans
        </Link>
      </p>
    </Card>
  );
}

interface MeterProps {
  label: string;
  allowance: Allowance;
  isBytes?: boolean;
  hint: string;
}

function Meter({ label, allowance, isBytes = false, hint }: MeterProps) {
  const share = allowance.used / allowance.allowed;
  return (
    <div>
      <dt className="flex flex-wrap items-baseline justify-between gap-x-3 text-body">
        <span className="font-medium">{label}</span>
        <span className={`tabular-nums ${share >= STORAGE_WARNING_SHARE ? 'font-medium text-warning' : 'text-muted'}`}>
          {allowanceWords(allowance, isBytes)}
        </span>
      </dt>
      <dd>
        <ProgressBar share={share} label={label} className="mt-2" />
        <p className="mt-1.5 text-table text-muted">{hint}</p>
      </dd>
    </div>
  );
}
