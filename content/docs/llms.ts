// llms.txt (llmstxt.org): what a language model reads first, with a link to the Markdown of each page.
import type { DocsGroup } from './docs-page';

export function llmsText(groups: readonly DocsGroup[], origin: string): string {
  const parts = groups.map(({ title, pages }) =>
    [`## ${title}`, '', ...pages.map((page) => `- [${page.title}](${origin}${page.path}.md): ${page.description}`)].join('\n'),
  );
  const about = 'Tells whether a mailbox exists without sending mail, and shows why it says so.';
  return `# Email Verifier\n\n> ${about}\n\nThe API as OpenAPI 3.1: ${origin}/v1/openapi.json\n\n${parts.join('\n\n')}\n`;
}
