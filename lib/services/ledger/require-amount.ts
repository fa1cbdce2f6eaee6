// Money is whole credits, more than none: anything else is a bug of the caller and throws.

export function requireAmount(amount: number): void {
  if (!Number.isSafeInteger(amount) || amount <= 0) throw new RangeError(`not an amount of credits: ${amount}`);
}
