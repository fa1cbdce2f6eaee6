// An invoice as a PDF: one page of plain text, written by hand.
import type Stripe from 'stripe';
import type { PageHandler } from './page';
import { day, money } from './words';

const escape = (text: string): string => text.replaceAll(/[\\()]/g, (char) => `\\${char}`).replaceAll(/[^\x20-\x7e]/g, '-');

export const invoicePdf: PageHandler = (world, id) => ({
  status: 200,
  headers: { 'Content-Type': 'application/pdf', 'Content-Disposition': `attachment; filename="${id}.pdf"` },
  body: toPdf(linesOf(world.store.get('invoice', id))),
});

const linesOf = (invoice: Stripe.Invoice): string[] => [
  'Stripe stand-in: test equipment, no real money',
  '',
  `Invoice ${invoice.number ?? invoice.id}, ${day(invoice.created)}: ${invoice.status ?? 'draft'}`,
  `${invoice.customer_name ?? ''} ${invoice.customer_email ?? ''}`,
  '',
  ...invoice.lines.data.map((line) => `${line.description ?? ''}: ${money(line.amount, line.currency)}`),
  `Total: ${money(invoice.total, invoice.currency)}`,
];

function toPdf(lines: readonly string[]): string {
  const text = lines.map((line) => `(${escape(line)}) Tj T*`).join('\n');
  const content = `BT /F1 12 Tf 50 780 Td 18 TL\n${text}\nET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let pdf = '%PDF-1.4\n';
  const places = objects.map((object, at) => {
    const place = pdf.length;
    pdf += `${at + 1} 0 obj\n${object}\nendobj\n`;
    return place;
  });
  const table = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  return `${pdf}xref\n0 ${size}\n0000000000 65535 f \n${table}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${pdf.length}\n%%EOF\n`;
}
