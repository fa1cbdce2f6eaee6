import { HeroCheck } from '@/components/marketing/hero-check';
import { CheckList } from '@/components/ui/check-list';
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
      <CheckList items={REASONS} className="gap-2 text-lead" />
      <HeroCheck caption="Recorded on our built-in test mail servers." />
    </aside>
  );
}
