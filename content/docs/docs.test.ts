import { readFileSync } from 'node:fs';
import { OPERATIONS } from '@/app/api/v1/openapi.json/document';
import { readCliHelp } from '@/scripts/read-cli-help';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ERRORS } from '@/lib/platform/errors';
import { TEST_ERRORS, testAnswer, testDelayMs, testError } from '@/lib/verdict/test-answer';
import { isReason, REASONS, statusOf } from '@/lib/verdict/verdict';
import { classifyReply } from '@/worker/engine/replies/classify';
import { SDKS } from '../developers';
import { PAGES } from '../site-map';
import { apiReference } from './api-reference';
import type { Block } from './docs-page';
import { DOCS, DOCS_GROUPS, findDocsPage } from './docs-pages';
import { errors } from './errors';
import { parseInline, plainText } from './inline';
import { LANGUAGES } from './languages';
import { llmsText } from './llms';
import { CLI_HELP_FILE, readRecipes, readSnippets, RECIPES_FILE, SNIPPETS_FILE } from './read-snippets';
import { REASON_DOCS } from './reasons.data';
import { pathOfReason } from './reasons';
import { searchIndex } from './search-index';
import { testMode } from './test-mode';
import { toMarkdown } from './to-markdown';

const ORIGIN = 'https://verifier.example';

function textsOf(block: Block): readonly string[] {
  if (block.kind === 'text') return [block.text];
  if (block.kind === 'list') return block.items;
  return block.kind === 'table' ? block.rows.flat() : [];
}

const links = DOCS.flatMap((page) =>
  [page.lead, ...page.sections.flatMap(({ blocks }) => blocks.flatMap(textsOf))].flatMap((text) =>
    parseInline(text).flatMap((part) => (part.kind === 'link' ? [{ from: page.path, href: part.href }] : [])),
  ),
);

describe('links of the documentation', () => {
  it('are found', () => expect(links.length).toBeGreaterThan(50));

  it.each([...new Map(links.map(({ from, href }) => [href, from]))])(
    '%s (in %s) leads to a page, and to a place on it',
    (href) => {
      const { pathname, hash } = new URL(href, ORIGIN);
      if (href.startsWith('https:')) return;
      expect([
        ...PAGES.map(({ path }) => path),
        '/signup',
        '/pricing',
        '/widget',
        '/settings',
        '/settings/blocklist',
        '/v1/openapi.json',
      ]).toContain(pathname);
      if (hash !== '') expect(findDocsPage(pathname)?.sections.map(({ id }) => id)).toContain(hash.slice(1));
    },
  );
});

describe.each(DOCS.map((page) => [page.path, page] as const))('%s', (path, page) => {
  it('has unique anchors, and no markup that is not rendered', () => {
    const ids = page.sections.map(({ id }) => id);
    expect(new Set([...ids, 'main']).size).toBe(ids.length + 1);
    const words = page.sections.flatMap(({ blocks }) => blocks.flatMap(textsOf)).map(plainText);
    expect(words.filter((text) => /[`*]|\]\(/.test(text))).toEqual([]);
  });

  it('has a complete Markdown version, whose links work elsewhere', () => {
    const markdown = toMarkdown(page, ORIGIN);
    expect(markdown.startsWith(`# ${page.title}\n`)).toBe(true);
    for (const { heading } of page.sections) expect(markdown).toContain(`\n## ${heading}\n`);
    expect(markdown).not.toContain('](/');
  });

  it('is in llms.txt and in the search', () => {
    expect(llmsText(DOCS_GROUPS, ORIGIN)).toContain(`](${ORIGIN}${path}.md)`);
    expect(searchIndex(DOCS).filter(({ href }) => href.split('#')[0] === path)).toHaveLength(page.sections.length + 1);
  });
});

it('the packages have one name each, wherever one reads how to install them', () => {
  const names = z.record(z.string(), z.string()).parse(JSON.parse(readFileSync('sdks/packages.json', 'utf8')));
  const installed = JSON.stringify(findDocsPage('/docs/sdks')?.sections[0]?.blocks);
  for (const [language, name] of Object.entries(names)) {
    const readme = readFileSync(`sdks/${language}/README.md`, 'utf8');
    const isFromFolder = language === 'typescript' || language === 'python';
    if (language !== 'python') expect(readme, language).toContain(name);
    if (!isFromFolder) expect(installed, language).toContain(name);
    if (!isFromFolder && language !== 'java') expect(SDKS.find((sdk) => sdk.language === language)?.install).toContain(name);
    expect(readFileSync('docs/releasing.md', 'utf8'), language).toContain(`${name}\``);
  }
  for (const { typescript } of Object.values(readSnippets())) {
    expect(typescript).toContain(` from '${names.typescript}';`);
  }
});

describe('snippets', () => {
  it('are shown as they are in their folders: run `node --import tsx scripts/collect-snippets.ts`', () => {
    expect(JSON.parse(readFileSync(SNIPPETS_FILE, 'utf8'))).toEqual(readSnippets());
    expect(JSON.parse(readFileSync(RECIPES_FILE, 'utf8'))).toEqual(readRecipes());
  });

  it('the help of each command is on its page, as the command prints it', () => {
    const help = readCliHelp();
    expect(JSON.parse(readFileSync(CLI_HELP_FILE, 'utf8'))).toEqual(help);
    const sections = findDocsPage('/docs/cli')?.sections.map(({ heading }) => heading);
    expect(sections).toEqual(expect.arrayContaining(help.map(({ command }) => command)));
  });

  it('are in the Markdown, in each language', () => {
    const markdown = toMarkdown(DOCS[0] ?? errors, ORIGIN);
    for (const { fence } of LANGUAGES) expect(markdown).toContain(`\n\`\`\`${fence}\n`);
  });

  it('are each shown on a page', () => {
    const shown = DOCS.flatMap(({ sections }) =>
      sections.flatMap(({ blocks }) => blocks.flatMap((block) => (block.kind === 'example' ? [block.name] : []))),
    );
    expect(Object.keys(readSnippets()).filter((name) => !shown.some((one) => one === name))).toEqual([]);
    const codes = DOCS.flatMap(({ sections }) =>
      sections.flatMap(({ blocks }) => blocks.flatMap((block) => (block.kind === 'code' ? [block.code] : []))),
    );
    expect(Object.entries(readRecipes()).filter(([, program]) => !codes.includes(program))).toEqual([]);
  });
});

describe('the reference', () => {
  const listed = apiReference.sections.flatMap(({ blocks }) =>
    blocks.flatMap((block) => (block.kind === 'calls' ? block.calls : [])),
  );

  it('lists every call of the API once, each under the anchor that it had on this page', () => {
    expect(listed.map(({ id }) => id).toSorted()).toEqual(OPERATIONS.map(({ id }) => id).toSorted());
    const ids = [...listed, ...apiReference.sections].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each(listed.map((call) => [call.id, call] as const))('%s is described where the list leads to', (id, call) => {
    const { pathname, hash } = new URL(call.href, ORIGIN);
    expect(hash).toBe(`#${id}`);
    const section = findDocsPage(pathname)?.sections.find((one) => one.id === id);
    expect(section?.blocks[0]).toEqual({ kind: 'call', method: call.method, path: call.path });
    expect(toMarkdown(apiReference, ORIGIN)).toContain(`- [${call.method} ${call.path}](${ORIGIN}${call.href}): ${call.summary}`);
  });
});

it('every error code has its anchor', () => {
  expect(errors.sections.map(({ id }) => id)).toEqual(expect.arrayContaining(Object.keys(ERRORS)));
});

describe('test mode', () => {
  const rows = testMode.sections.flatMap(({ blocks }) => blocks.flatMap((block) => (block.kind === 'table' ? block.rows : [])));
  const addresses = rows.map(([address = '', ...rest]) => ({ email: plainText(address), told: rest.map(plainText) }));

  it('has an address for every reason, and each gets the documented answer', () => {
    const named = addresses.filter(({ told }) => told.length === 2);
    expect(named).toHaveLength(REASONS.length);
    for (const { email, told } of named) expect(testAnswer(email, 0).verdict.status).toBe(told[0]);
    expect(new Set(named.map(({ email }) => testAnswer(email, 0).verdict.reason))).toEqual(new Set(REASONS));
  });

  it('has addresses that take time, and addresses that request an error', () => {
    const others = addresses.filter(({ told }) => told.length === 1).map(({ email }) => email);
    expect(others.filter((email) => testDelayMs(email) > 0)).toHaveLength(2);
    expect(others.map(testError).filter((error) => error !== null)).toEqual(TEST_ERRORS);
  });
});

/** Reasons whose replies have a meaning with another name. `probe_blocked` is the reason for several meanings that are about us. */
const MEANING_OF: Readonly<Record<string, string>> = {
  mailbox_exists: 'accepted',
  catch_all: 'accepted',
  role_account: 'accepted',
  provider_unverifiable: 'accepted',
  probe_blocked: 'sender_blocked',
  ambiguous_reply: 'ambiguous',
};

describe('reasons', () => {
  it.each(REASONS)('%s has its page, with its status', (reason) => {
    expect(findDocsPage(pathOfReason(reason))).not.toBeNull();
    expect(findDocsPage('/docs/reasons')?.sections.map(({ id }) => id)).toContain(statusOf(reason));
  });

  const replies = Object.entries(REASON_DOCS).flatMap(([reason, { reply }]) =>
    reply === null || !isReason(reason) ? [] : [[reason, reply] as const],
  );

  it('have real replies', () => expect(replies.length).toBeGreaterThan(10));

  it.each(replies)('a reply behind %s is classified accordingly: %s', (reason, reply) => {
    const [, code = '', enhanced, text = ''] = /^(\d{3}) (?:(\d\.\d+\.\d+) )?(.*)$/.exec(reply) ?? [];
    const { meaning } = classifyReply({ stage: 'rcpt', code: Number(code), enhanced: enhanced ?? null, text, provider: null });
    expect(meaning).toBe(MEANING_OF[reason] ?? reason);
  });
});
