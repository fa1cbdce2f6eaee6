import type { Metadata } from 'next';
import { Suspense } from 'react';
import { AutoTopUpCard } from '@/components/billing/auto-top-up-card';
import { CreditsCard } from '@/components/billing/credits-card';
import { InvoiceTable } from '@/components/billing/invoice-table';
import { PackPicker } from '@/components/billing/pack-picker';
import { PaymentCard } from '@/components/billing/payment-card';
import { PlanPanel } from '@/components/billing/plan-panel';
import { PlanPicker } from '@/components/billing/plan-picker';
import { ReversalNotices } from '@/components/billing/reversal-notices';
import { WaitingLists } from '@/components/billing/waiting-lists';
import { FreeCreditsNote } from '@/components/credits/free-credits-note';
import { TableSkeleton } from '@/components/history/table-skeleton';
import { Alert } from '@/components/ui/alert';
import { Card } from '@/components/ui/card';
import { ErrorBoundary } from '@/components/ui/error-boundary';
import { PageHeader } from '@/components/ui/page-header';
import { Skeleton } from '@/components/ui/skeleton';
import { requireSession } from '@/lib/accounts/web/session';
import { invoiceCursor } from '@/lib/billing/forms';
import { getNextInvoice, listInvoices } from '@/lib/billing/invoices';
import { getBilling } from '@/lib/billing/overview';
import { intervalOf, type PlanView, type NextInvoice } from '@/lib/billing/rules/billing';
import { getFreeCreditsState } from '@/lib/credits/free-credits';
import { describeWaitingLists, listWaitingIds } from '@/lib/lists/pause';
import { searchParam, type SearchParams } from '@/lib/platform/http/body';
import type { Scope } from '@/lib/platform/scope';
import {
  cancelPlanAction,
  keepPlanAction,
  openPortalAction,
  payOpenInvoiceAction,
  setAutoTopUpAction,
  startCheckoutAction,
} from './_actions';
import { LocalTime } from '@/components/ui/local-time';
import { formatAmount } from '@/lib/billing/rules/offers';

export const metadata: Metadata = { title: 'Billing' };

export default async function BillingPage({ searchParams }: { searchParams: SearchParams }) {
  const { scope, userId } = await requireSession();
  const billing = await getBilling(scope, userId);
  const { plan, mayBuy } = billing;
  const waiting = await describeWaitingLists(scope, await listWaitingIds(scope));
  const interval = intervalOf((await searchParam(searchParams, 'interval')) ?? plan.interval);
  const after = invoiceCursor(await searchParam(searchParams, 'invoices'));
  return (
    <>
      <PageHeader title="Billing" description="Your plan, your credits and your invoices." />
      <div className="flex flex-col gap-10">
        <ChangeNotice notice={await searchParam(searchParams, 'notice')} plan={plan} />
        <ReversalNotices reversals={billing.reversals} />
        <WaitingLists lists={waiting} />
        <FreeCreditsNote state={await getFreeCreditsState(scope)} />
        {!mayBuy && <Alert tone="info">Only an owner of the workspace can buy credits or change the plan.</Alert>}
        <div className="grid gap-4 lg:grid-cols-2">
          <PlanPanel
            plan={plan}
            mayBuy={mayBuy}
            nextInvoice={<NextInvoicePanel scope={scope} periodEnd={plan.periodEnd} />}
            actions={{ cancel: cancelPlanAction, keep: keepPlanAction, pay: payOpenInvoiceAction }}
          />
          <CreditsCard credits={billing.credits} />
        </div>
        <PlanPicker plan={plan} interval={interval} mayBuy={mayBuy} />
        <PackPicker action={startCheckoutAction} mayBuy={mayBuy} />
        <div className="grid gap-4 lg:grid-cols-3">
          <div className="lg:col-span-2">
            <AutoTopUpCard billing={billing} action={setAutoTopUpAction} />
          </div>
          <PaymentCard billing={billing} openPortal={openPortalAction} />
        </div>
        <div id="invoices" className="scroll-mt-20">
          <Card title="Invoices" padded={false}>
            <ErrorBoundary message="The invoices could not be loaded.">
              <Suspense key={after} fallback={<TableSkeleton rows={3} />}>
                <Invoices scope={scope} after={after} />
              </Suspense>
            </ErrorBoundary>
          </Card>
        </div>
      </div>
    </>
  );
}

const NextInvoicePanel = ({ scope, periodEnd }: { scope: Scope; periodEnd: string | null }) => (
  <ErrorBoundary inline message="The next invoice could not be loaded.">
    <Suspense fallback={<Skeleton className="w-56" />}>
      <NextInvoice scope={scope} periodEnd={periodEnd} />
    </Suspense>
  </ErrorBoundary>
);

async function NextInvoice({ scope, periodEnd }: { scope: Scope; periodEnd: string | null }) {
  return <NextInvoiceLine invoice={await getNextInvoice(scope)} periodEnd={periodEnd} />;
}

async function Invoices({ scope, after }: { scope: Scope; after: string | null }) {
  return <InvoiceTable page={await listInvoices(scope, after)} isLaterPage={after !== null} />;
}

/** Shown after a change. Hidden once the plan is no longer the one in the notice, even if the URL still says so. */
function ChangeNotice({ notice, plan }: { notice: string | null; plan: PlanView }) {
  if (plan.state !== 'active') return null;
  if (notice === 'changed' && plan.next === null) return <Alert tone="success">The plan is changed.</Alert>;
  if (notice !== 'scheduled' || plan.next === null) return null;
  return <Alert tone="success">The plan will change at the end of the paid period.</Alert>;
}

interface NextInvoiceLineProps {
  invoice: NextInvoice | null;
  /** ISO. */
  periodEnd: string | null;
}

function NextInvoiceLine({ invoice, periodEnd }: NextInvoiceLineProps) {
  if (invoice === null || periodEnd === null) return null;
  return (
    <p className="tabular-nums">
      Next invoice: {formatAmount(invoice.amountCents, invoice.currency)} on <LocalTime iso={periodEnd} show="date" />.
    </p>
  );
}
