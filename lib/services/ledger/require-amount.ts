// Money is whole credits, more than none and no more than fit into a column: anything else is a bug of the caller and throws.

/** The largest number of an `integer` column. */
const MAX = 2_147_483_647;

export function requireAmount(amount: number): void {
  if (!Number.isSafeInteger(amount) || amount <= 0 || amount > MAX) throw new RangeError(`not an amount of credits: ${amount}`);
}
