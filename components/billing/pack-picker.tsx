'use client';

import { useState } from 'react';
import { useFormAction } from '@/components/auth/use-form-action';
import { creditsOfPack } from '@/components/pricing/choice-words';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { formatPerThousand, formatPrice, lookupKeyOf, PACK_IDS, type PackId, PACKS } from '@/lib/billing/rules/offers';
import type { FormAction } from '@/lib/platform/form-state';

interface PackPickerProps {
  /** Leads to the payment page. */
  action: FormAction;
  mayBuy: boolean;
}

/** One button for each pack. */
export function PackPicker({ action, mayBuy }: PackPickerProps) {
  const { state, isPending, formProps } = useFormAction(action);
  const [pressed, setPressed] = useState<PackId | null>(null);
  return (
    <section id="packs" aria-labelledby="packs-title" className="scroll-mt-20">
      <h2 id="packs-title" className="text-section font-semibold tracking-tight">
        Buy credits
      </h2>
      <p className="mt-1 mb-4 text-body text-muted">Packs never expire. Promotion codes are entered on the payment page.</p>
      <form {...formProps}>
        {state.message !== null && (
          <Alert tone="danger" className="mb-4">
            {state.message}
          </Alert>
        )}
        <ul className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
          {PACK_IDS.map((pack) => (
            <li
              key={pack}
              className="flex items-center justify-between gap-3 rounded-card border border-hairline bg-card px-4 py-3"
            >
              <div className="tabular-nums">
                <p className="text-body font-semibold">{creditsOfPack(pack)} credits</p>
                <p className="text-table text-muted">
                  {formatPerThousand(PACKS[pack].priceCents, PACKS[pack].credits)} per 1,000
                </p>
              </div>
              {mayBuy ? (
                <Button
                  type="submit"
                  name="offer"
                  value={lookupKeyOf({ kind: 'pack', pack })}
                  variant="secondary"
                  loading={isPending && pressed === pack}
                  disabled={isPending}
                  onClick={() => setPressed(pack)}
                  aria-label={`Buy ${creditsOfPack(pack)} credits · ${formatPrice(PACKS[pack].priceCents)}`}
                >
                  Buy · {formatPrice(PACKS[pack].priceCents)}
                </Button>
              ) : (
                <span className="text-body tabular-nums">{formatPrice(PACKS[pack].priceCents)}</span>
              )}
            </li>
          ))}
        </ul>
      </form>
    </section>
  );
}
