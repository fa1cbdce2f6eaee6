// How numbers are written for people on every page, in every mail and in every refusal: 1,234,567.

const WHOLE = new Intl.NumberFormat('en-US');

export const formatCount = (value: number): string => WHOLE.format(value);

/** "1,204 credits", "1 credit". */
export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`;
