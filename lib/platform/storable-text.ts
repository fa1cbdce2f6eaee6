// Text as PostgreSQL can keep it. What it cannot keep: NUL, and lone surrogates, which have no UTF-8 form. In JSON text both stand as escapes; an
// escaped backslash is matched first so that the six characters `\\u0000` of somebody's text stay as they are.
const UNSTORABLE = /\0|\p{Cs}/gu;
const UNSTORABLE_ESCAPE = /\\(?:\\|u0000|ud[89a-f][0-9a-f]{2})/g;

/** JSON as a jsonb column can keep it; what it can't is shown as U+FFFD. */
export const toJsonText = (value: unknown): string =>
  JSON.stringify(value).replace(UNSTORABLE_ESCAPE, (escape) => (escape === '\\\\' ? escape : '\\ufffd'));

/** Text as a text column can keep it. */
export const toStorableText = (text: string, replacement: string): string => text.replace(UNSTORABLE, replacement);
