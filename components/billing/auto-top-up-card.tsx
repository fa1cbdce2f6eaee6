import { Card } from '@/components/ui/card';
import type { BillingView } from '@/lib/billing/rules/billing';
import type { FormAction } from '@/lib/platform/form-state';
import { AutoTopUpForm } from './auto-top-up-form';

interface AutoTopUpCardProps {
  billing: Pick<BillingView, 'autoTopUp' | 'paymentMethod' | 'mayBuy'>;
  action: FormAction;
}

export function AutoTopUpCard({ billing: { autoTopUp, paymentMethod, mayBuy }, action }: AutoTopUpCardProps) {
  const needsCard = paymentMethod === null;
  return (
    <Card
      title={
        <>
          Automatic top-up <span className="font-normal text-muted">· {autoTopUp.isOn ? 'on' : 'off'}</span>
        </>
      }
      description="Buys a pack when your credits run low, so that lists and the API never stop."
      className="h-full"
    >
      {!mayBuy && <p className="text-body text-muted">Only an owner of the workspace can change this.</p>}
      {mayBuy && needsCard && !autoTopUp.isOn && (
        <p className="text-body text-muted">
          You need a card on file first. Buy a pack or a plan once; the card is saved, and you can switch this on.
        </p>
      )}
      {mayBuy && (!needsCard || autoTopUp.isOn) && <AutoTopUpForm settings={autoTopUp} action={action} />}
    </Card>
  );
}
