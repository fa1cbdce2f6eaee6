// The index of the documentation search: each section of each page, with its words.
import type { Block, DocsPage } from './docs-page';
import { plainText } from './inline';

export interface SearchEntry {
  href: string;
  page: string;
  heading: string;
  words: string;
}

export const searchIndex = (pages: readonly DocsPage[]): readonly SearchEntry[] =>
  pages.flatMap(({ path, title, lead, sections }) => [
    { href: path, page: title, heading: title, words: plainText(lead) },
    ...sections.map(({ id, heading, blocks }) => ({
      href: `${path}#${id}`,
      page: title,
      heading,
      words: plainText(blocks.map(wordsOf).join(' ')),
    })),
  ]);

function wordsOf(block: Block): string {
  switch (block.kind) {
    case 'text':
      return block.text;
    case 'list':
      return block.items.join(' ');
    case 'table':
      return [block.head, ...block.rows].flat().join(' ');
    case 'call':
      return `${block.method} ${block.path}`;
    case 'calls':
      return block.calls.map(({ method, path, summary }) => `${method} ${path} ${summary}`).join(' ');
    case 'code':
    case 'example':
      return block.label;
  }
}
