// An error as it may be logged: bounded, and with no address of anybody in it.

/** Quoted local parts (RFC 5321 4.1.2) may hold blanks. */
const ADDRESS = /(?:"[^"\n]{1,64}"|[^\s"'<>(),;:]+)@[^\s"'<>(),;:]+/g;
const MAX_CHARS = 4_000;

export function describeError(error: unknown): string {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return text.replace(ADDRESS, '[address]').slice(0, MAX_CHARS);
}
