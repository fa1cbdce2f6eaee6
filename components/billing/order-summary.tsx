import type { ReactNode } from 'react';
import { creditsOfPack } from '@/components/pricing/choice-words';
import { Card } from '@/components/ui/card';
import { PLANS } from '@/lib/accounts/rules/plans';
import { formatPerThousand, formatPrice, type Offer, PACKS, planPriceCents } from '@/lib/billing/rules/offers';
import { formatCount } from '@/lib/platform/numbers';

/** The order before it is placed, with its price before tax. */
export function OrderSummary({ offer, children }: { offer: Offer; children: ReactNode }) {
  const { title, price, details } = describe(offer);
  return (
    <Card>
      <div className="flex flex-wrap items-baseline justify-between gap-2">
        <h2 className="text-section font-semibold tracking-tight">{title}</h2>
        <p className="text-section font-semibold tabular-nums">{price}</p>
      </div>
      <ul className="mt-2 mb-5 text-body text-muted tabular-nums">
        {details.map((detail) => (
          <li key={detail}>{detail}</li>
        ))}
      </ul>
      {children}
    </Card>
  );
}

function describe(offer: Offer): { title: string; price: string; details: string[] } {
  if (offer.kind === 'pack') {
    const { credits, priceCents } = PACKS[offer.pack];
    return {
      title: `${creditsOfPack(offer.pack)} credits`,
      price: formatPrice(priceCents),
      details: [`${formatPerThousand(priceCents, credits)} per 1,000, paid once`, 'They never expire', 'Before tax'],
    };
  }
  const { name, creditsAMonth } = PLANS[offer.plan];
  return {
    title: `${name} plan`,
    price: `${formatPrice(planPriceCents(offer.plan, offer.interval))} a ${offer.interval}`,
    details: [`${formatCount(creditsAMonth)} credits a month`, `Renewed each ${offer.interval} until you cancel`, 'Before tax'],
  };
}
