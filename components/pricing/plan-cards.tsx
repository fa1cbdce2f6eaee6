import { Check, Plus } from 'lucide-react';
import Link from 'next/link';
import { buttonClass } from '@/components/ui/button-class';
import { type Choice, signUpPath } from '@/lib/billing/rules/billing';
import { PAID_PLANS, type PlanId, PLANS } from '@/lib/accounts/rules/plans';
import { formatPerThousand, formatPrice, type Interval, planPriceCents } from '@/lib/billing/rules/offers';
import { formatCount } from '@/lib/platform/numbers';
import { creditsOfPack } from './choice-words';

/**
 * `recommended`: the choice that the slider leads to. Its plan is highlighted, along with the packs it needs. A choice of packs alone
 * highlights no plan.
 */
export function PlanCards({ interval, recommended }: { interval: Interval; recommended: Choice }) {
  const { plan: wanted, packs } = recommended;
  const highlighted = wanted === 'free' && packs.length > 0 ? null : wanted;
  const addition = packs.length === 0 ? null : packs.map(creditsOfPack).join(' and ');
  return (
    <ul className="grid gap-4 sm:grid-cols-2 lg:grid-cols-4">
      {(['free', ...PAID_PLANS] as const).map((plan) => (
        <PlanCard
          key={plan}
          plan={plan}
          interval={interval}
          isHighlighted={plan === highlighted}
          addition={plan === highlighted ? addition : null}
        />
      ))}
    </ul>
  );
}

interface PlanCardProps {
  plan: PlanId;
  interval: Interval;
  isHighlighted: boolean;
  /** The credits of the packs to add to the plan, as in "5,000". */
  addition: string | null;
}

function PlanCard({ plan, interval, isHighlighted, addition }: PlanCardProps) {
  const { name } = PLANS[plan];
  const isYearly = plan !== 'free' && interval === 'year';
  const cents = planPriceCents(plan, interval) / (isYearly ? 12 : 1);
  return (
    <li className={`flex flex-col rounded-card border p-5 ${isHighlighted ? 'border-accent' : 'border-hairline'}`}>
      <h3 className="flex items-baseline justify-between gap-2 text-lead font-semibold">
        {name}
        {isHighlighted && <span className="text-table font-medium text-accent">Recommended</span>}
      </h3>
      <p className="mt-2 flex items-baseline gap-1.5">
        <span className="text-display font-semibold tracking-tight tabular-nums">{formatPrice(cents)}</span>
        <span className="text-body text-muted">a month</span>
      </p>
      <p className="text-table text-muted tabular-nums sm:h-5">
        {isYearly && `${formatPrice(planPriceCents(plan, 'year'))} paid yearly`}
      </p>
      <ul className="mt-4 flex flex-col gap-2 text-body">
        {factsOf(plan, cents).map((fact) => (
          <li key={fact} className="flex gap-2">
            <Check aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-accent" />
            {fact}
          </li>
        ))}
        {addition !== null && (
          <li className="flex gap-2 text-accent">
            <Plus aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
            with a pack of {addition}
          </li>
        )}
      </ul>
      <div className="mt-auto pt-6">
        <Link
          href={plan === 'free' ? '/signup' : signUpPath({ kind: 'plan', plan, interval })}
          className={buttonClass({ variant: isHighlighted ? 'primary' : 'secondary', className: 'w-full' })}
        >
          {plan === 'free' ? 'Start free' : `Choose ${name}`}
        </Link>
      </div>
    </li>
  );
}

function factsOf(plan: PlanId, cents: number): string[] {
  const { creditsAMonth, verifyingCalls } = PLANS[plan];
  return [
    `${formatCount(creditsAMonth)} credits a month`,
    ...(cents > 0 ? [`${formatPerThousand(cents, creditsAMonth)} per 1,000`] : ['No card needed']),
    `${verifyingCalls.aSecond} API checks a second`,
  ];
}
