// Reads nested values from a form or a query in Stripe's notation: a[b][0][c]=d. Depth and number are bounded.
import { invalid } from './problem';

export type Form = string | Form[] | FormFields;
export interface FormFields {
  [name: string]: Form;
}
type Branch = Map<string, string | Branch>;

const MAX_DEPTH = 8;
const MAX_PAIRS = 1_000;

export function readForm(text: string): FormFields {
  const root: Branch = new Map();
  let pairs = 0;
  for (const [name, value] of new URLSearchParams(text)) {
    if (++pairs > MAX_PAIRS) throw invalid('Too many parameters');
    place(root, pathOf(name), value);
  }
  return Object.fromEntries([...root].map(([name, value]) => [name, toForm(value)]));
}

function pathOf(name: string): string[] {
  const [first = '', ...rest] = name.split('[');
  const path = [first, ...rest.map((part) => part.replace(/\]$/, ''))];
  if (path.length > MAX_DEPTH) throw invalid(`Invalid parameter: ${name}`);
  return path;
}

function place(branch: Branch, path: readonly string[], value: string): void {
  const [name = '', ...rest] = path;
  // a[]=x: the next free index.
  const key = name === '' ? String(branch.size) : name;
  if (rest.length === 0) {
    branch.set(key, value);
    return;
  }
  const found = branch.get(key);
  const next = found === undefined || typeof found === 'string' ? new Map<string, string | Branch>() : found;
  branch.set(key, next);
  place(next, rest, value);
}

function toForm(value: string | Branch): Form {
  if (typeof value === 'string') return value;
  const keys = [...value.keys()];
  if (keys.every((key) => /^\d+$/.test(key))) return [...value.values()].map(toForm);
  return Object.fromEntries([...value].map(([name, inner]) => [name, toForm(inner)]));
}
