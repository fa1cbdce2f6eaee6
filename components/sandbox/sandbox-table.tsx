import { ArrowRight } from 'lucide-react';
import Link from 'next/link';
import { BreakableName } from '@/components/ui/breakable-name';
import { CopyButton } from '@/components/ui/copy-button';
import { reasonLabel } from '@/components/verification/reason-sentence';
import { VerdictBadge } from '@/components/verification/verdict-badge';
import type { SandboxEntry, SandboxTry } from '@/lib/verdict/sandbox-catalog';

/** Every behavior with its addresses. `verifyPath` is the page whose form accepts `?email=`. */
export function SandboxTable({ entries, verifyPath }: { entries: readonly SandboxEntry[]; verifyPath: string }) {
  return (
    <ul className="mt-8 divide-y divide-hairline border-y border-hairline">
      {entries.map((entry) => (
        <li key={entry.behavior} className="grid gap-x-8 gap-y-3 py-5 md:grid-cols-[2fr_3fr]">
          <div>
            <h2 className="text-lead font-semibold">{entry.title}</h2>
            <p className="mt-0.5 text-body text-muted">{entry.description}</p>
          </div>
          <ul className="flex min-w-0 flex-col gap-3 sm:gap-1.5">
            {entry.tries.map((attempt) => (
              <SandboxAddress key={attempt.email} attempt={attempt} verifyPath={verifyPath} />
            ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}

function SandboxAddress({ attempt, verifyPath }: { attempt: SandboxTry; verifyPath: string }) {
  const { email, expected, first } = attempt;
  return (
    <li className="flex flex-col gap-x-4 gap-y-1 sm:flex-row sm:items-center sm:justify-between">
      <span className="flex min-w-0 items-center gap-1">
        <Link
          href={`${verifyPath}?email=${encodeURIComponent(email)}`}
          className="group inline-flex min-w-0 items-center gap-1 rounded-control font-mono text-table hover:text-accent"
        >
          <span className="min-w-0">
            <span className="sr-only">Verify </span>
            <BreakableName name={email} />
          </span>
          <ArrowRight aria-hidden="true" className="size-3.5 shrink-0 text-subtle group-hover:text-accent" />
        </Link>
        <CopyButton value={email} label={`Copy ${email}`} variant="ghost" />
      </span>
      <span className="flex shrink-0 flex-wrap items-center gap-2 text-meta text-muted">
        {first !== null && <span>{reasonLabel(first.reason)}, then</span>}
        <VerdictBadge status={expected.status} label={reasonLabel(expected.reason)} />
      </span>
    </li>
  );
}
