import { Check } from 'lucide-react';
import { HeroCheck } from '@/components/marketing/hero-check';
import { FREE_PLAN_CREDITS_A_MONTH } from '@/lib/platform/limits';

const REASONS = [
  `${FREE_PLAN_CREDITS_A_MONTH} credits every month, with no card`,
  'Lists, the API, webhooks and test keys on every plan',
  'Unknown answers and catch-all domains are free',
];

/** What an account is good for, and a check as it looks inside. */
export function SignUpReasons() {
  return (
    <aside aria-label="What you get" className="flex flex-col gap-6">
      <ul className="flex flex-col gap-2 text-lead">
        {REASONS.map((reason) => (
          <li key={reason} className="flex gap-3">
            <Check aria-hidden="true" className="mt-1 size-4 shrink-0 text-accent" />
            {reason}
          </li>
        ))}
      </ul>
      <HeroCheck caption="Recorded on our built-in test mail servers." />
    </aside>
  );
}
