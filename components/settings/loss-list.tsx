import Link from 'next/link';
import type { ReactNode } from 'react';
import { BreakableName } from '@/components/ui/breakable-name';
import { LocalTime } from '@/components/ui/local-time';
import type { LossView } from '@/lib/accounts/rules/account';
import { formatCount } from '@/lib/platform/numbers';

const count = (number: number, one: string, many: string): string => `${formatCount(number)} ${number === 1 ? one : many}`;

const LINK = 'underline underline-offset-2 hover:text-accent';

/** Everything that is deleted with the account, and where to download it first. */
export function LossList({ email, losses }: { email: string; losses: readonly LossView[] }) {
  return (
    <div className="flex flex-col gap-5 text-body">
      <ul className="flex list-disc flex-col gap-1 pl-5">
        <li>
          your account <BreakableName name={email} />
        </li>
        {losses.map((loss) => (
          <Workspace key={loss.workspaceId} loss={loss} />
        ))}
      </ul>
      <div>
        <p className="font-medium">Download what you want to keep first</p>
        <ul className="mt-1 flex list-disc flex-col gap-1 pl-5">
          <li>
            <Link href="/lists" className={LINK}>
              Results of your lists
            </Link>
            , from each list’s page
          </li>
          <li>
            <Link href="/verifications" className={LINK}>
              The history of your checks
            </Link>
          </li>
          <li>
            <a href="/api/usage/ledger" download className={LINK}>
              Every movement of your credits
            </a>{' '}
            (CSV)
          </li>
          <li>
            <a href="/api/blocklist" download className={LINK}>
              Your blocklist
            </a>{' '}
            (CSV)
          </li>
          <li>
            <Link href="/billing#invoices" className={LINK}>
              Invoices
            </Link>
          </li>
        </ul>
      </div>
    </div>
  );
}

function Workspace({ loss: { name, credits, plan, paidUntil, lists, keys } }: { loss: LossView }) {
  const parts: ReactNode[] = [
    <b key="credits" className="font-semibold tabular-nums">
      {count(credits, 'credit', 'credits')}
    </b>,
    ...(plan === null
      ? []
      : [
          <span key="plan">
            the <b className="font-semibold">{plan}</b> plan
            {paidUntil !== null && (
              <>
                , paid until <LocalTime iso={paidUntil} show="date" />
              </>
            )}
          </span>,
        ]),
    ...(lists > 0 ? [count(lists, 'list with its results', 'lists with their results')] : []),
    ...(keys > 0 ? [count(keys, 'API key', 'API keys')] : []),
  ];
  return (
    <li>
      the workspace <b className="font-semibold">{name}</b> with everything in it:
      <ul className="mt-1 flex list-disc flex-col gap-1 pl-5">
        {parts.map((part, at) => (
          <li key={at}>{part}</li>
        ))}
      </ul>
    </li>
  );
}
