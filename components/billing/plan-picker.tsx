import Link from 'next/link';
import { IntervalSwitch } from '@/components/pricing/interval-switch';
import { buttonClass } from '@/components/ui/button';
import { changePlanPath, checkoutPath, type PlanView } from '@/lib/billing/rules/billing';
import { PAID_PLANS, type PaidPlanId, PLANS } from '@/lib/accounts/rules/plans';
import { formatPrice, type Interval, INTERVALS, isUpgrade, planPriceCents } from '@/lib/billing/rules/offers';
import { formatCount } from '@/lib/platform/numbers';

interface PlanPickerProps {
  plan: PlanView;
  interval: Interval;
  mayBuy: boolean;
}

/** All plans, each with the one action that is possible now. */
export function PlanPicker({ plan, interval, mayBuy }: PlanPickerProps) {
  return (
    <section id="plans" aria-labelledby="plans-title" className="scroll-mt-20">
      <div className="mb-4 flex flex-wrap items-center justify-between gap-3">
        <h2 id="plans-title" className="text-section font-semibold tracking-tight">
          {plan.state === 'free' ? 'Choose a plan' : 'Change the plan'}
        </h2>
        <IntervalSwitch ways={INTERVALS} current={interval} hrefOf={(wanted) => `/billing?interval=${wanted}#plans`} />
      </div>
      {mayBuy && plan.state === 'ending' && (
        <p className="mb-4 text-body text-muted">This plan is set to end. Keep it first; then you can change it.</p>
      )}
      {mayBuy && plan.state === 'past_due' && (
        <p className="mb-4 text-body text-muted">Pay the open invoice first; then you can change the plan.</p>
      )}
      <ul className="grid gap-4 sm:grid-cols-3">
        {PAID_PLANS.map((id) => (
          <PlanOption key={id} id={id} plan={plan} interval={interval} mayBuy={mayBuy} />
        ))}
      </ul>
    </section>
  );
}

function PlanOption({ id, plan, interval, mayBuy }: PlanPickerProps & { id: PaidPlanId }) {
  const { name, creditsAMonth, verifyingCalls } = PLANS[id];
  const isCurrent = plan.state !== 'free' && plan.plan === id && plan.interval === interval;
  const isNext = plan.next?.plan === id && plan.next.interval === interval;
  return (
    <li className={`flex flex-col rounded-card border bg-card p-4 sm:p-5 ${isCurrent ? 'border-accent' : 'border-hairline'}`}>
      <div className="flex items-center justify-between gap-2">
        <h3 className="text-body font-semibold">{name}</h3>
        {(isCurrent || isNext) && (
          <span className="text-meta font-medium text-accent">{isCurrent ? 'Your plan' : 'Comes next'}</span>
        )}
      </div>
      <p className="mt-1 flex items-baseline gap-1">
        <span className="text-page font-semibold tracking-tight tabular-nums">
          {formatPrice(planPriceCents(id, interval) / (interval === 'year' ? 12 : 1))}
        </span>
        <span className="text-table text-muted">a month{interval === 'year' && ', paid yearly'}</span>
      </p>
      <p className="mt-2 text-table text-muted tabular-nums">
        {formatCount(creditsAMonth)} credits a month
        <br />
        {verifyingCalls.aSecond} API calls a second
      </p>
      {mayBuy && !isCurrent && !isNext && (
        <div className="mt-auto pt-4 empty:hidden">
          <PlanButton id={id} plan={plan} interval={interval} />
        </div>
      )}
    </li>
  );
}

/** One of the buttons is the primary one: the smallest plan that is more than the current one. */
const isNextUp = (id: PaidPlanId, plan: PlanView): boolean =>
  id === PAID_PLANS[plan.plan === 'free' ? 0 : PAID_PLANS.findIndex((paid) => paid === plan.plan) + 1];

function PlanButton({ id, plan, interval }: { id: PaidPlanId; plan: PlanView; interval: Interval }) {
  const offer = { kind: 'plan', plan: id, interval } as const;
  const price = `${formatPrice(planPriceCents(id, interval))} a ${interval}`;
  if (plan.state === 'free') {
    return (
      <Link
        href={checkoutPath(offer)}
        prefetch={false}
        className={buttonClass({ variant: isNextUp(id, plan) ? 'primary' : 'secondary', className: 'w-full' })}
      >
        Subscribe · {price}
      </Link>
    );
  }
  if (plan.state !== 'active' || plan.plan === 'free' || plan.interval === null) return null;
  const isMore = isUpgrade({ plan: plan.plan, interval: plan.interval }, offer);
  return (
    <Link
      href={changePlanPath(offer)}
      prefetch={false}
      className={buttonClass({ variant: isNextUp(id, plan) ? 'primary' : 'secondary', className: 'w-full' })}
    >
      {isMore ? 'Upgrade' : 'Change'} · {price}
    </Link>
  );
}
