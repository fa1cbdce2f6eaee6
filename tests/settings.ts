// Settings that one test file needs. The test files of a process share its settings, so each puts back what it changed.
import { afterAll } from 'vitest';
import { env, type Env } from '@/lib/platform/env';

/** Call at the top of a test file. */
export function useSettings(changed: Partial<Env>): void {
  afterAll(changeSettings(changed));
}

/** Returns the function that puts them back. */
export function changeSettings(changed: Partial<Env>): () => void {
  const unset = Object.fromEntries(Object.keys(changed).map((name) => [name, undefined]));
  const before = Object.fromEntries(Object.entries(env()).filter(([name]) => name in changed));
  Object.assign(env(), changed);
  return () => void Object.assign(env(), unset, before);
}
