// Writes the programs and the command-line help that documentation pages show into the files that are shipped with the pages.
import { writeFileSync } from 'node:fs';
import { CLI_HELP_FILE, readRecipes, readSnippets, RECIPES_FILE, SNIPPETS_FILE } from '@/content/docs/read-snippets';
import { bundle, isBundleFresh } from './bundle.mjs';
import { readCliHelp } from './read-cli-help';

if (!isBundleFresh()) await bundle();
const write = (path: string, value: unknown) => writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`);
write(SNIPPETS_FILE, readSnippets());
write(RECIPES_FILE, readRecipes());
write(CLI_HELP_FILE, readCliHelp());
