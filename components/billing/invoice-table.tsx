import Link from 'next/link';
import { buttonClass } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { LocalTime } from '@/components/ui/local-time';
import { Table, Td, Th, Tr } from '@/components/ui/table';
import type { InvoicePage, InvoiceRow } from '@/lib/billing/rules/billing';
import { formatAmount } from '@/lib/billing/rules/offers';

const STATUS: Readonly<Record<InvoiceRow['status'], string>> = {
  draft: 'Being made',
  open: 'Open',
  paid: 'Paid',
  uncollectible: 'Given up',
  void: 'Void',
};

interface InvoiceTableProps {
  page: InvoicePage;
  /** True on every page but the first, which has the newest invoices. */
  isLaterPage: boolean;
}

export function InvoiceTable({ page: { items, nextCursor }, isLaterPage }: InvoiceTableProps) {
  if (items.length === 0) {
    return <EmptyState title="No invoices yet" description="Every payment gets an invoice that you can open and download." />;
  }
  return (
    <>
      <Table label="Invoices">
        <thead>
          <tr>
            <Th>Date</Th>
            <Th className="hidden sm:table-cell">Invoice</Th>
            <Th className="hidden sm:table-cell">For</Th>
            <Th className="text-right">Amount</Th>
            <Th>State</Th>
            <Th>
              <span className="sr-only">Open</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {items.map((invoice) => (
            <InvoiceLine key={invoice.id} invoice={invoice} />
          ))}
        </tbody>
      </Table>
      {(nextCursor !== null || isLaterPage) && (
        <nav aria-label="Pages of invoices" className="flex gap-2 border-t border-hairline p-4">
          {isLaterPage && (
            <Link href="/billing#invoices" className={buttonClass({ variant: 'secondary', size: 'sm' })}>
              Newest
            </Link>
          )}
          {nextCursor !== null && (
            <Link href={`/billing?invoices=${nextCursor}#invoices`} className={buttonClass({ variant: 'secondary', size: 'sm' })}>
              Older invoices
            </Link>
          )}
        </nav>
      )}
    </>
  );
}

function InvoiceLine({ invoice }: { invoice: InvoiceRow }) {
  const name = invoice.number ?? 'invoice';
  return (
    <Tr>
      <Td className="max-sm:py-2 sm:whitespace-nowrap">
        <LocalTime iso={invoice.createdAt} show="date" />
        <span className="block text-meta text-muted sm:hidden">{invoice.description}</span>
      </Td>
      <Td className="hidden font-mono whitespace-nowrap sm:table-cell">{invoice.number ?? '–'}</Td>
      <Td className="hidden min-w-48 sm:table-cell">{invoice.description}</Td>
      <Td className="text-right whitespace-nowrap">{formatAmount(invoice.totalCents, invoice.currency)}</Td>
      <Td>{STATUS[invoice.status]}</Td>
      <Td className="text-right whitespace-nowrap [&_a]:text-accent [&_a]:underline [&_a]:underline-offset-2">
        {invoice.pageUrl !== null && (
          <a href={invoice.pageUrl} target="_blank" rel="noreferrer" aria-label={`Open ${name}`}>
            Open
          </a>
        )}
        {invoice.pdfUrl !== null && (
          <a href={invoice.pdfUrl} className="ml-3" aria-label={`Download ${name} as PDF`}>
            PDF
          </a>
        )}
      </Td>
    </Tr>
  );
}
