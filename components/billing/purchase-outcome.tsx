import { CircleCheck, CircleX, Clock, FileQuestion } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import type { PurchaseView } from '@/lib/billing/rules/billing';
import type { WaitingList } from '@/lib/lists/rules/list';
import { formatCount } from '@/lib/platform/numbers';
import { waitingWords } from './waiting-lists';
import { RefreshUntilDone } from './refresh-until-done';

interface PurchaseOutcomeProps {
  /** Null if the workspace has no such purchase. */
  purchase: PurchaseView | null;
  balance: { available: number; held: number };
  /** The lists that were waiting for credits when the purchase began. */
  lists: readonly WaitingList[];
}

/** How a purchase ended, or that this is not known yet. */
export function PurchaseOutcome({ purchase, balance, lists }: PurchaseOutcomeProps) {
  const [first] = lists;
  const what = purchase?.what ?? 'your purchase';
  switch (purchase?.state) {
    case 'fulfilled':
      return (
        <Outcome
          icon={<CircleCheck className="text-success" />}
          title="Thank you"
          next={
            first === undefined ? (
              <Next href="/verify" label="Verify an address" />
            ) : (
              <Next href={`/lists/${first.id}`} label="Go to list" />
            )
          }
        >
          {lists.length > 0 && <p className="mb-2 font-medium text-fg">{lists.map(waitingWords).join(' ')}</p>}
          You have {what} now. There are <span className="tabular-nums">{formatCount(balance.available)}</span> credits to spend
          {balance.held > 0 && `; ${formatCount(balance.held)} more are held for checks that still run`}. The invoice is on the
          billing page.
        </Outcome>
      );
    case 'pending':
      return (
        <Outcome icon={<Clock className="text-info" />} title="Waiting for Stripe’s confirmation">
          The payment for {what} is under way. Some ways to pay take days; the credits are added as soon as it has arrived
          {first !== undefined && `, and your list “${first.name}” resumes then`}. You can close this page.
          <RefreshUntilDone />
        </Outcome>
      );
    case 'declined':
      return (
        <Outcome icon={<CircleX className="text-danger" />} title="The payment didn’t go through">
          Your bank did not send the payment for {what}. Nothing was charged and nothing was added.
        </Outcome>
      );
    case 'open':
      return (
        <Outcome icon={<Clock className="text-info" />} title="Not paid yet">
          The payment page for {what} is still open. Nothing was charged.
        </Outcome>
      );
    case 'expired':
      return (
        <Outcome icon={<Clock className="text-muted" />} title="The payment page has expired">
          Nothing was charged. Begin again on the billing page when you like.
        </Outcome>
      );
    case undefined:
      return (
        <Outcome icon={<FileQuestion className="text-muted" />} title="Purchase not found">
          There is no such purchase in this workspace. All of its purchases are on the billing page.
        </Outcome>
      );
  }
}

interface OutcomeProps {
  icon: ReactNode;
  title: string;
  next?: ReactNode;
  children: ReactNode;
}

const Outcome = ({ icon, title, next, children }: OutcomeProps) => (
  <div className="mx-auto flex max-w-md flex-col items-center py-16 text-center">
    <span aria-hidden="true" className="[&_svg]:size-10">
      {icon}
    </span>
    <h1 className="mt-4 text-page font-semibold tracking-tight">{title}</h1>
    <div className="mt-2 text-lead text-muted">{children}</div>
    <div className="mt-6 flex flex-wrap justify-center gap-3">
      {next}
      <Button asChild variant={next === undefined ? 'primary' : 'secondary'}>
        <Link href="/billing">Go to billing</Link>
      </Button>
    </div>
  </div>
);

const Next = ({ href, label }: { href: string; label: string }) => (
  <Button asChild>
    <Link href={href}>{label}</Link>
  </Button>
);
