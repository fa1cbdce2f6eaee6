import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { HEALTH_STATES, type HealthState } from '@/lib/operator/rules';
import { HealthStateBadge } from './health-state-badge';

const MEANING: Record<HealthState, ReactNode> = {
  resting: (
    <>
      The provider refused us, not the mailbox, at least as often as it answered. This identity is not used there until the rest
      ends, and each rest in a row is longer. Read the last refusal, run <Code>npm run -s cli -- preflight</Code> on the worker’s
      machine (port 25, and whether PTR and HELO agree), and ask the blocklist that the refusal names to take the address off.
    </>
  ),
  trial: (
    <>
      The rest is over and the next question decides: an answer ends the trial, a refusal starts a longer rest. Nothing to do once
      the cause is fixed.
    </>
  ),
  slowed: (
    <>
      The provider asked us to slow down, or dropped a session, so the pace was halved. It grows back while answers are clean. A
      pace that stays low asks for one more identity.
    </>
  ),
  working: (
    <>
      Questions go out at the share of the provider’s full pace that is shown; where an identity is new it begins with half.
      Nothing to do.
    </>
  ),
};

/** What each state means, and what an operator can do about it. */
export function StateGuide() {
  return (
    <details className="group text-table">
      <summary className="inline-flex items-center gap-1 rounded-control text-muted hover:text-fg">
        <ChevronRight aria-hidden="true" className="size-3.5 transition-transform group-open:rotate-90" />
        What the states mean, and what to do
      </summary>
      <dl className="mt-3 grid gap-x-4 gap-y-3 text-muted sm:grid-cols-[auto_minmax(0,1fr)]">
        {HEALTH_STATES.map((state) => (
          <div key={state} className="contents">
            <dt>
              <HealthStateBadge state={state} />
            </dt>
            <dd className="max-w-3xl">{MEANING[state]}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function Code({ children }: { children: string }) {
  return <code className="rounded-control bg-sunken px-1 py-0.5 font-mono text-meta text-fg">{children}</code>;
}
