import type Stripe from 'stripe';
import { changeInvoice } from '../acts/change';
import { invalid } from '../http/problem';
import { expand, integer, metadata, params, text } from '../http/params';
import { route, type Route } from '../http/route';
import { idOf } from '../ids';
import { amountsOf, makeInvoiceItem, makeLine } from '../objects/make-invoice';
import type { World } from '../world';

const create = params<Stripe.InvoiceItemCreateParams>()({
  customer: text,
  invoice: text,
  pricing: params<Stripe.InvoiceItemCreateParams.Pricing>()({ price: text }),
  quantity: integer.min(1).optional(),
  description: text.optional(),
  metadata: metadata.optional(),
  expand,
});

function addLine(world: World, item: Stripe.InvoiceItem, price: Stripe.Price): void {
  const invoice = world.store.get('invoice', idOf(item.invoice) ?? '', 'invoice');
  if (invoice.status !== 'draft')
    throw invalid('This invoice is no longer editable', { code: 'invoice_not_editable', param: 'invoice' });
  const line = makeLine(
    {
      amount: item.amount,
      description: item.description ?? 'Item',
      price,
      quantity: item.quantity,
      period: item.period,
      subscription: null,
      invoiceItem: item.id,
      metadata: item.metadata ?? {},
    },
    invoice.id,
  );
  const data = [...invoice.lines.data, line];
  changeInvoice(world, invoice.id, { ...amountsOf(data, []), lines: { ...invoice.lines, data } });
}

export const INVOICE_ITEMS: readonly Route[] = [
  route('POST /v1/invoiceitems', create, (world, { params: given }) => {
    const price = world.store.get('price', given.pricing.price, 'pricing[price]');
    if (!price.active) throw invalid('The price specified is inactive.', { param: 'pricing[price]' });
    const item = makeInvoiceItem(
      {
        customer: given.customer,
        invoice: given.invoice,
        price,
        quantity: given.quantity ?? 1,
        description: given.description ?? world.store.get('product', idOf(price.product) ?? '').name,
        metadata: given.metadata ?? {},
      },
      world.now(),
    );
    addLine(world, item, price);
    world.store.put('invoiceItem', item);
    world.emit('invoiceitem.created', item);
    return item;
  }),
];
