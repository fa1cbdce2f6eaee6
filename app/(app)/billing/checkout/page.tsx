import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { ActionForm } from '@/components/billing/action-form';
import { OrderSummary } from '@/components/billing/order-summary';
import { Alert } from '@/components/ui/alert';
import { Breadcrumb } from '@/components/ui/breadcrumb';
import { PageHeader } from '@/components/ui/page-header';
import { requireSession } from '@/lib/accounts/web/session';
import { getBilling } from '@/lib/billing/overview';
import { changePlanPath, offerInWords } from '@/lib/billing/rules/billing';
import { formatPrice, lookupKeyOf, priceCentsOf } from '@/lib/billing/rules/offers';
import { searchParam, type SearchParams } from '@/lib/platform/http/body';
import { startCheckoutAction } from '../_actions';

export const metadata: Metadata = { title: 'Checkout' };

/** Repeats what was chosen elsewhere, with a button to the payment page. Opening the address alone starts nothing. */
export default async function CheckoutPage({ searchParams }: { searchParams: SearchParams }) {
  const { scope, userId, workspaceName } = await requireSession();
  const [plan, interval, pack] = await Promise.all(['plan', 'interval', 'pack'].map((name) => searchParam(searchParams, name)));
  const offer = offerInWords({ plan: plan ?? null, interval: interval ?? null, pack: pack ?? null });
  if (offer === null) redirect('/billing');
  const billing = await getBilling(scope, userId);
  if (offer.kind === 'plan' && billing.plan.state !== 'free') redirect(changePlanPath(offer));
  return (
    <div className="max-w-lg">
      <Breadcrumb parent={{ href: '/billing', label: 'Billing' }} here="Checkout" />
      <PageHeader title="Checkout" description={`For ${workspaceName}.`} />
      <OrderSummary offer={offer}>
        {billing.mayBuy ? (
          <ActionForm action={startCheckoutAction} fields={{ offer: lookupKeyOf(offer) }} size="lg" className="w-full">
            Go to payment · {formatPrice(priceCentsOf(offer))}
          </ActionForm>
        ) : (
          <Alert tone="info">Only an owner of the workspace can buy. Please ask one of them.</Alert>
        )}
      </OrderSummary>
      <p className="mt-4 text-body text-muted">
        You pay on Stripe’s page; promotion codes and tax numbers are entered there.{' '}
        <Link href="/billing" className="text-accent underline underline-offset-2">
          Choose something else
        </Link>
      </p>
    </div>
  );
}
