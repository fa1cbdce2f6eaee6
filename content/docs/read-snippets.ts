// Reads the folders of snippets. Pages show `snippets.json`, because the folders are not shipped; `scripts/collect-snippets.ts` writes it,
// and a test holds that it is what the folders say.
import { readdirSync, readFileSync } from 'node:fs';
import { LANGUAGES } from './languages';

export const SNIPPETS_DIR = 'content/docs/snippets';
export const SNIPPETS_FILE = 'content/docs/snippets.json';

/** By example and language. Throws where an example lacks a language. */
export const readSnippets = (): Record<string, Record<string, string>> =>
  Object.fromEntries(
    readdirSync(SNIPPETS_DIR)
      .toSorted()
      .map((name) => [
        name,
        Object.fromEntries(LANGUAGES.map(({ id, file }) => [id, readFileSync(`${SNIPPETS_DIR}/${name}/${file}`, 'utf8')])),
      ]),
  );
