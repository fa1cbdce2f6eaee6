// The parameters that a call accepts. A name that Stripe's own types don't know does not compile here, and a name that this table doesn't
// know is refused at the call, as Stripe does. So what the product sends is checked on both ends.
import { z } from 'zod';
import { invalid } from './problem';

type Shape<P> = { [K in keyof P]?: z.ZodType };

export const params =
  <P extends object>() =>
  <S extends Shape<P>>(shape: S & Record<Exclude<keyof S, keyof P>, never>) =>
    z.strictObject<S>(shape);

export const text = z.string().max(5_000);
export const integer = z.coerce.number().int();
export const flag = z.enum(['true', 'false']).transform((word) => word === 'true');
export const metadata = z.record(z.string().max(40), z.string().max(500));
export const expand = z.array(text).max(20).optional();
/** An empty string removes a value. */
export const clearable = text.transform((word) => (word === '' ? null : word));

export const paging = {
  limit: z.coerce.number().int().min(1).max(100).optional(),
  starting_after: text.optional(),
  ending_before: text.optional(),
  expand,
};

export function readParams<T>(schema: z.ZodType<T>, given: unknown): T {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const path = (issue?.path ?? []).map(String);
  if (issue?.code === 'unrecognized_keys') {
    const param = nameOf([...path, issue.keys[0] ?? '']);
    throw invalid(`Received unknown parameter: ${param}`, { code: 'parameter_unknown', param });
  }
  const param = nameOf(path);
  const isMissing = issue?.code === 'invalid_type' && issue.message.includes('undefined');
  if (isMissing) throw invalid(`Missing required param: ${param}.`, { code: 'parameter_missing', param });
  throw invalid(`Invalid ${param}: ${issue?.message ?? 'not understood'}`, { param });
}

const nameOf = ([first = '', ...rest]: string[]): string => first + rest.map((part) => `[${part}]`).join('');
