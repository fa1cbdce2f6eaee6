import type { ReactNode } from 'react';
import { Badge, type BadgeLook } from '@/components/ui/badge';
import { Card } from '@/components/ui/card';
import { LocalTime } from '@/components/ui/local-time';
import type { PlanView, PlanState } from '@/lib/billing/rules/billing';
import { PLANS } from '@/lib/accounts/rules/plans';
import type { FormAction } from '@/lib/platform/form-state';
import { formatCount } from '@/lib/platform/numbers';
import { ActionForm } from './action-form';
import { CancelPlan } from './cancel-plan';
import { CalendarX2, CircleCheck, TriangleAlert } from 'lucide-react';

interface PlanPanelProps {
  plan: PlanView;
  mayBuy: boolean;
  /** Streamed in later, because Stripe has to be asked. */
  nextInvoice: ReactNode;
  actions: { cancel: FormAction; keep: FormAction; pay: FormAction };
}

/** The current plan, what comes next, and how to cancel or keep it. */
export function PlanPanel({ plan, mayBuy, nextInvoice, actions }: PlanPanelProps) {
  const { name, creditsAMonth, verifyingCalls } = PLANS[plan.plan];
  return (
    <Card title="Plan" className="h-full" actions={<PlanStateBadge state={plan.state} />}>
      <p className="text-display font-semibold tracking-tight">{plan.state === 'elsewhere' ? 'Custom' : name}</p>
      <p className="mt-1 text-body text-muted tabular-nums">
        {plan.state === 'elsewhere'
          ? 'A custom agreement.'
          : `${formatCount(creditsAMonth)} credits a month, ${verifyingCalls.aSecond} API calls a second${paidBy(plan)}.`}
      </p>
      <div className="mt-3 flex flex-col gap-1 text-body empty:hidden">{whatComes(plan, nextInvoice)}</div>
      {mayBuy && <div className="mt-5 flex flex-wrap gap-2 empty:hidden">{buttons(plan, actions)}</div>}
    </Card>
  );
}

const paidBy = ({ interval }: PlanView): string =>
  interval === null ? '' : interval === 'year' ? ', paid yearly' : ', paid monthly';

function whatComes({ state, endsAt, periodEnd, next }: PlanView, nextInvoice: ReactNode): ReactNode {
  if (state === 'free') return null;
  if (state === 'ending' && endsAt !== null) {
    return (
      <p>
        Ends on <LocalTime iso={endsAt} show="date" />. Until then everything stays as it is; then the workspace is on the Free
        plan. Credits from packs stay.
      </p>
    );
  }
  if (state === 'past_due' && endsAt !== null) {
    return (
      <p>
        The last payment failed. Without one by <LocalTime iso={endsAt} show="date" /> the plan ends.
      </p>
    );
  }
  return (
    <>
      {next !== null && periodEnd !== null && (
        <p>
          From <LocalTime iso={periodEnd} show="date" /> on: {PLANS[next.plan].name}, paid{' '}
          {next.interval === 'year' ? 'yearly' : 'monthly'}.
        </p>
      )}
      {nextInvoice}
    </>
  );
}

function buttons({ state, endsAt, periodEnd, next }: PlanView, { cancel, keep, pay }: PlanPanelProps['actions']): ReactNode {
  if (state === 'free' || state === 'elsewhere') return null;
  if (state === 'ending') return <ActionForm action={keep}>Keep plan</ActionForm>;
  return (
    <>
      {state === 'past_due' && <ActionForm action={pay}>Pay the open invoice</ActionForm>}
      {next !== null && (
        <ActionForm action={keep} variant="secondary">
          Stay on this plan
        </ActionForm>
      )}
      <CancelPlan action={cancel} endsAt={endsAt ?? periodEnd} />
    </>
  );
}

const LOOKS: Record<Exclude<PlanState, 'free' | 'elsewhere'>, BadgeLook> = {
  active: { label: 'Active', tone: 'success', Icon: CircleCheck },
  ending: { label: 'Canceled', tone: 'neutral', Icon: CalendarX2 },
  past_due: { label: 'Past due', tone: 'warning', Icon: TriangleAlert },
};

/** The Free plan has no badge, because it has only one state. */
const PlanStateBadge = ({ state }: { state: PlanState }) =>
  state !== 'free' && state !== 'elsewhere' && <Badge look={LOOKS[state]} status={state} />;
