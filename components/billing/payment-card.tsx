import { CreditCard } from 'lucide-react';
import { Card } from '@/components/ui/card';
import type { BillingView } from '@/lib/billing/rules/billing';
import type { FormAction } from '@/lib/platform/form-state';
import { ActionForm } from './action-form';

interface PaymentCardProps {
  billing: Pick<BillingView, 'paymentMethod' | 'isCustomer' | 'mayBuy'>;
  openPortal: FormAction;
}

/** The payment method, with the button to Stripe's pages, where it is changed. */
export function PaymentCard({ billing: { paymentMethod, isCustomer, mayBuy }, openPortal }: PaymentCardProps) {
  return (
    <Card title="Payment details" description="Card, address and tax number are kept by Stripe, not by us." className="h-full">
      <p className="flex items-center gap-2 text-body">
        <CreditCard aria-hidden="true" className="size-4 text-muted" />
        {paymentMethod ?? 'No card on file'}
      </p>
      {mayBuy && isCustomer && (
        <div className="mt-4">
          <ActionForm action={openPortal} variant="secondary">
            Manage at Stripe
          </ActionForm>
        </div>
      )}
    </Card>
  );
}
