import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { FREE_PLAN_CREDITS_A_MONTH } from '@/lib/platform/limits';
import type { VerificationView } from '@/lib/verdict/verification';
import { nextStepOf } from './next-step';

/** What to do after a verdict, and what an account would add. */
export function NextStepCard({ view, onTry }: { view: VerificationView; onTry: (address: string) => void }) {
  const step = nextStepOf(view);
  if (step === null) return null;
  const { title, text, check } = step;
  return (
    <section aria-label="What to do next" className="rounded-card bg-sunken px-4 py-3 text-body">
      <p className="font-semibold">{title}</p>
      <p className="mt-0.5">{text}</p>
      {check !== null && (
        <Button size="sm" className="mt-3 max-w-full" onClick={() => onTry(check.address)}>
          <span className="truncate">{check.label}</span>
        </Button>
      )}
      <p className="mt-3 text-table text-muted">
        Have a whole list?{' '}
        <Link href="/signup" className="text-accent underline underline-offset-2">
          Sign up free
        </Link>{' '}
        for {FREE_PLAN_CREDITS_A_MONTH} credits a month. Unknown answers never cost one.
      </p>
    </section>
  );
}
