// A documentation page as Markdown, served at the page's address plus `.md`.
import type { Block, DocsPage } from './docs-page';
import { LANGUAGES } from './languages';
import snippets from './snippets.json';

/** Links inside the site become absolute, because the text is read elsewhere. */
export function toMarkdown({ title, lead, sections }: DocsPage, origin: string): string {
  const parts = [`# ${title}`, lead, ...sections.flatMap(({ heading, blocks }) => [`## ${heading}`, ...blocks.map(blockText)])];
  return `${parts.join('\n\n').replaceAll('](/', `](${origin}/`)}\n`;
}

function blockText(block: Block): string {
  switch (block.kind) {
    case 'text':
      return block.text;
    case 'list':
      return block.items.map((item, index) => `${block.isOrdered === true ? `${index + 1}.` : '-'} ${item}`).join('\n');
    case 'table':
      return tableText(block.head, block.rows);
    case 'code':
      return fenced(block.language, block.code);
    case 'call':
      return fenced('http', `${block.method} ${block.path}`);
    case 'calls':
      return block.calls.map(({ method, path, summary, href }) => `- [${method} ${path}](${href}): ${summary}`).join('\n');
    case 'example':
      return LANGUAGES.map(({ id, label, fence }) => `${label}:\n\n${fenced(fence, snippets[block.name][id])}`).join('\n\n');
  }
}

function tableText(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll('|', String.raw`\|`)).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

const fenced = (language: string, code: string): string => `\`\`\`${language}\n${code.trimEnd()}\n\`\`\``;
