import Link from 'next/link';
import { Alert } from '@/components/ui/alert';
import { Card } from '@/components/ui/card';
import { LocalTime } from '@/components/ui/local-time';
import type { PlanChangeView } from '@/lib/billing/rules/billing';
import { type PaidPlanId, PLANS } from '@/lib/accounts/rules/plans';
import { formatAmount, type Interval } from '@/lib/billing/rules/offers';
import type { FormAction } from '@/lib/platform/form-state';
import { ActionForm } from './action-form';

interface ChangeSummaryProps {
  change: PlanChangeView;
  to: { plan: PaidPlanId; interval: Interval };
  action: FormAction;
}

export function ChangeSummary({ change, to, action }: ChangeSummaryProps) {
  if (change.kind === 'upgrade') return <Upgrade change={change} to={to} action={action} />;
  if (change.kind === 'downgrade') return <Downgrade startsAt={change.startsAt} to={to} action={action} />;
  return (
    <Alert tone="info">
      You’re already on this plan. <Link href="/billing">Back to billing</Link>
    </Alert>
  );
}

const fieldsOf = (to: ChangeSummaryProps['to'], at: string) => ({ plan: to.plan, interval: to.interval, at });

type UpgradeProps = Omit<ChangeSummaryProps, 'change'> & { change: Extract<PlanChangeView, { kind: 'upgrade' }> };

function Upgrade({ change, to, action }: UpgradeProps) {
  const { lines, taxCents, dueNowCents, currency, at } = change;
  const due = formatAmount(dueNowCents, currency);
  return (
    <Card footer="Stripe computes these amounts. They are charged to the card on file.">
      <dl className="divide-y divide-hairline text-body tabular-nums">
        {[...lines, ...(taxCents === 0 ? [] : [{ description: 'Tax', cents: taxCents }])].map((line, index) => (
          <div key={`${index} ${line.description}`} className="flex justify-between gap-4 py-2">
            <dt>{line.description}</dt>
            <dd className="shrink-0">{formatAmount(line.cents, currency)}</dd>
          </div>
        ))}
        <div className="flex justify-between gap-4 py-3 font-semibold">
          <dt>Due now</dt>
          <dd>{due}</dd>
        </div>
      </dl>
      <p className="mt-2 mb-5 text-body text-muted">
        {PLANS[to.plan].name} begins at once, and so does a new {to.interval}. The credits of its first month are added, minus
        those you already received for the unused time.
      </p>
      <ActionForm action={action} fields={fieldsOf(to, at)} className="w-full">
        Change the plan · {due}
      </ActionForm>
      <LeaveIt />
    </Card>
  );
}

function Downgrade({ startsAt, to, action }: Omit<ChangeSummaryProps, 'change'> & { startsAt: string }) {
  return (
    <Card>
      <p className="mb-5 text-body">
        Your plan stays as it is until <LocalTime iso={startsAt} show="date" />, when the paid period ends. Then it becomes{' '}
        {PLANS[to.plan].name}. You can undo this until that day.
      </p>
      {/* The exact moment matters only when something is charged. */}
      <ActionForm action={action} fields={fieldsOf(to, startsAt)} className="w-full">
        Change at the end of the period · $0 now
      </ActionForm>
      <LeaveIt />
    </Card>
  );
}

const LeaveIt = () => (
  <p className="mt-3 text-center text-body">
    <Link href="/billing" className="text-accent underline underline-offset-2">
      Keep the current plan
    </Link>
  </p>
);
