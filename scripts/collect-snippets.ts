// Writes the examples of the documentation, which are programs in folders, into the one file that its pages show.
import { writeFileSync } from 'node:fs';
import { readSnippets, SNIPPETS_FILE } from '@/content/docs/read-snippets';

writeFileSync(SNIPPETS_FILE, `${JSON.stringify(readSnippets(), null, 2)}\n`);
