import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { ChangeSummary } from '@/components/billing/change-summary';
import { Alert } from '@/components/ui/alert';
import { Breadcrumb } from '@/components/ui/breadcrumb';
import { Button } from '@/components/ui/button';
import { PageHeader } from '@/components/ui/page-header';
import { searchParam, type SearchParams } from '@/lib/platform/http/body';
import { requireSession } from '@/lib/accounts/web/session';
import { checkoutPath, offerInWords } from '@/lib/billing/rules/billing';
import { PLANS } from '@/lib/accounts/rules/plans';
import { previewPlanChange } from '@/lib/billing/plans';
import { changePlanAction } from '../_actions';

export const metadata: Metadata = { title: 'Change the plan' };

/** Shows what the change costs and when it takes effect, before anything is changed. */
export default async function ChangePlanPage({ searchParams }: { searchParams: SearchParams }) {
  const { scope, userId } = await requireSession();
  const [plan = null, interval = null] = await Promise.all(['plan', 'interval'].map((name) => searchParam(searchParams, name)));
  const offer = offerInWords({ plan, interval, pack: null });
  if (offer?.kind !== 'plan') redirect('/billing');
  const to = { plan: offer.plan, interval: offer.interval };
  const change = await previewPlanChange(scope, { userId, to });
  if (change.ok && change.value.kind === 'new') redirect(checkoutPath(offer));
  return (
    <div className="max-w-lg">
      <Breadcrumb parent={{ href: '/billing', label: 'Billing' }} here="Change the plan" />
      <PageHeader title={`Change to ${PLANS[to.plan].name}, paid ${to.interval === 'year' ? 'yearly' : 'monthly'}`} />
      {change.ok ? (
        <ChangeSummary change={change.value} to={to} action={changePlanAction} />
      ) : (
        <Alert
          tone="warning"
          actions={
            <Button asChild variant="secondary" size="sm">
              <Link href="/billing">Back to billing</Link>
            </Button>
          }
        >
          {change.error.message}
        </Alert>
      )}
    </div>
  );
}
