// What a client sent, as the schema of the call reads it; otherwise 400 with one sentence a field.
import 'server-only';
import type { z } from 'zod';
import { AppError } from '@/lib/errors';

const MAX_FIELDS = 20;
const MAX_NAME_CHARS = 100;

export function parseInput<T>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new AppError('invalid_request', { fields: fieldProblems(parsed.error.issues) });
}

/** Repeated parameters are an error of the client, not a list. */
export function parseQuery<T>(schema: z.ZodType<T>, url: string): T {
  const { searchParams } = new URL(url);
  const names = [...searchParams.keys()];
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated !== undefined)
    throw new AppError('invalid_request', { fields: { [repeated.slice(0, MAX_NAME_CHARS)]: 'must be given once' } });
  return parseInput(schema, Object.fromEntries(searchParams));
}

function fieldProblems(issues: readonly z.core.$ZodIssue[]): Record<string, string> {
  const problems = issues.flatMap((issue): [string, string][] => {
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => [pathOf([...issue.path, key]), 'is not a field of this call']);
    return [[pathOf(issue.path), issue.message]];
  });
  // The first problem of a field is the one to tell.
  return Object.fromEntries(problems.slice(0, MAX_FIELDS).toReversed());
}

const pathOf = (path: readonly PropertyKey[]): string => path.map(String).join('.').slice(0, MAX_NAME_CHARS) || 'body';
