import { creditsOfPack } from '@/components/pricing/choice-words';
import { formatPerThousand, formatPrice } from '@/lib/domain/money';
import { lookupKeyOf, PACK_IDS, PACKS } from '@/lib/domain/plans';
import type { FormAction } from '@/lib/schemas/form-state';
import { ActionForm } from './action-form';

/** One button a pack: it leads to the payment page. */
export function PackPicker({ action, mayBuy }: { action: FormAction; mayBuy: boolean }) {
  return (
    <section id="packs" aria-labelledby="packs-title" className="scroll-mt-20">
      <h2 id="packs-title" className="text-section font-semibold tracking-tight">
        Buy credits
      </h2>
      <p className="mt-1 mb-4 text-body text-muted">Packs never expire. Promotion codes are entered on the payment page.</p>
      <ul className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
        {PACK_IDS.map((pack) => (
          <li key={pack} className="flex items-center justify-between gap-3 rounded-card border border-hairline px-4 py-3">
            <div className="tabular-nums">
              <p className="text-body font-semibold">{creditsOfPack(pack)} credits</p>
              <p className="text-table text-muted">{formatPerThousand(PACKS[pack].priceCents, PACKS[pack].credits)} per 1,000</p>
            </div>
            {mayBuy ? (
              <ActionForm
                action={action}
                fields={{ offer: lookupKeyOf({ kind: 'pack', pack }) }}
                variant="secondary"
                description={`Buy ${creditsOfPack(pack)} credits · ${formatPrice(PACKS[pack].priceCents)}`}
              >
                Buy · {formatPrice(PACKS[pack].priceCents)}
              </ActionForm>
            ) : (
              <span className="text-body tabular-nums">{formatPrice(PACKS[pack].priceCents)}</span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
