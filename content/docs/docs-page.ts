// A documentation page as data. The site, its Markdown version, the search and llms.txt are generated from this one source, so they cannot
// disagree. Texts may contain `code`, **strong words** and [links](/docs), and no other markup.
import type { Source } from '../article';
import type { Page } from '../page';
import recipes from './recipes.json';
import type snippets from './snippets.json';

/** A folder of snippets: the same example in each language. */
export type ExampleName = keyof typeof snippets;
/** A program in one language, with its file's name. */
export type RecipeName = keyof typeof recipes;

/** A call, with a link to its description. */
export interface CallEntry {
  /** Its anchor. Before each tag had its own page, the call was described here, and older links still lead to it. */
  id: string;
  method: string;
  path: string;
  summary: string;
  href: string;
}

export type Block =
  | { kind: 'text'; text: string }
  | { kind: 'list'; items: readonly string[]; isOrdered?: boolean }
  | { kind: 'table'; label: string; head: readonly string[]; rows: readonly (readonly string[])[] }
  | { kind: 'code'; label: string; language: string; code: string }
  | { kind: 'call'; method: string; path: string }
  | { kind: 'calls'; calls: readonly CallEntry[] }
  | { kind: 'example'; label: string; name: ExampleName };

export interface DocsSection {
  /** The anchor of the heading. */
  id: string;
  heading: string;
  blocks: readonly Block[];
}

export interface DocsPage extends Page {
  /** Its name in the navigation. */
  label: string;
  /** The answer in one or two sentences. */
  lead: string;
  sections: readonly DocsSection[];
  /** Where and when facts about another service were read. */
  sources?: readonly Source[];
}

export interface DocsGroup {
  title: string;
  pages: readonly DocsPage[];
}

export const text = (words: string): Block => ({ kind: 'text', text: words });
export const list = (...items: readonly string[]): Block => ({ kind: 'list', items });
export const steps = (...items: readonly string[]): Block => ({ kind: 'list', items, isOrdered: true });
export const example = (name: ExampleName, label: string): Block => ({ kind: 'example', name, label });
export const code = (language: string, label: string, lines: string): Block => ({ kind: 'code', language, label, code: lines });
/** A program that tests run, in the language that its name ends with. */
export const recipe = (name: RecipeName, label: string): Block =>
  code(name.slice(name.lastIndexOf('.') + 1), label, recipes[name]);
export const calls = (entries: readonly CallEntry[]): Block => ({ kind: 'calls', calls: entries });
export const table = (label: string, head: readonly string[], rows: readonly (readonly string[])[]): Block => ({
  kind: 'table',
  label,
  head,
  rows,
});
