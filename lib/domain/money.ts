// Amounts of money as people read them. Amounts are in the currency's smallest unit, as Stripe gives them.
import { CURRENCY } from './plans';

/** "$15", "$79.20": for prices, where round ones are shown round. */
export const formatPrice = (cents: number): string => write(cents, CURRENCY, true);

/** "$15.00": for invoices and what stands beside them. */
export const formatAmount = (cents: number, currency: string = CURRENCY): string => write(cents, currency, false);

/** What a thousand credits cost at this price, as "$3.80". */
export const formatPerThousand = (cents: number, credits: number): string => formatAmount((cents / credits) * 1_000);

function write(cents: number, currency: string, isShort: boolean): string {
  const words = new Intl.NumberFormat('en-US', { style: 'currency', currency: currency.toUpperCase() });
  // Yen have no smaller unit, dinars have a thousand.
  const digits = words.resolvedOptions().maximumFractionDigits ?? 2;
  const amount = cents / 10 ** digits;
  return isShort && Number.isInteger(amount) ? words.format(amount).replace(/\.0+$/, '') : words.format(amount);
}
