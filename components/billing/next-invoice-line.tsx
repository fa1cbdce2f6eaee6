import { LocalTime } from '@/components/ui/local-time';
import type { NextInvoice } from '@/lib/billing/rules/billing';
import { formatAmount } from '@/lib/billing/rules/offers';

interface NextInvoiceLineProps {
  invoice: NextInvoice | null;
  /** ISO. */
  periodEnd: string | null;
}

export function NextInvoiceLine({ invoice, periodEnd }: NextInvoiceLineProps) {
  if (invoice === null || periodEnd === null) return null;
  return (
    <p className="tabular-nums">
      Next invoice: {formatAmount(invoice.amountCents, invoice.currency)} on <LocalTime iso={periodEnd} show="date" />.
    </p>
  );
}
