// Reads the programs that pages show and tests run: the examples in each language, the recipes, and the command line's help. Pages read
// JSON files beside the folders, because the programs themselves are not shipped. `scripts/collect-snippets.ts` writes those files, and a
// test checks that they match their sources.
import { readdirSync, readFileSync } from 'node:fs';
import { LANGUAGES } from './languages';

const SNIPPETS_DIR = 'content/docs/snippets';
export const SNIPPETS_FILE = 'content/docs/snippets.json';
export const RECIPES_DIR = 'content/docs/recipes';
export const RECIPES_FILE = 'content/docs/recipes.json';
export const CLI_HELP_FILE = 'content/docs/cli-help.json';

/** By example and language. Throws if an example lacks a language. */
export const readSnippets = (): Record<string, Record<string, string>> =>
  Object.fromEntries(
    readdirSync(SNIPPETS_DIR)
      .toSorted()
      .map((name) => [
        name,
        Object.fromEntries(LANGUAGES.map(({ id, file }) => [id, readFileSync(`${SNIPPETS_DIR}/${name}/${file}`, 'utf8')])),
      ]),
  );

/** By file name. */
export const readRecipes = (): Record<string, string> =>
  Object.fromEntries(
    readdirSync(RECIPES_DIR)
      .toSorted()
      .map((name) => [name, readFileSync(`${RECIPES_DIR}/${name}`, 'utf8').trimEnd()]),
  );
