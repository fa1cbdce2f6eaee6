// A page of the documentation as data: the site, its Markdown twin, the search and llms.txt are made of this one source, so that none of
// them can say something else. Texts may hold `code`, **strong words** and [links](/docs); nothing else is markup.
import type { Source } from '../article';
import type { Page } from '../page';
import recipes from './recipes.json';
import type snippets from './snippets.json';

/** A folder of snippets: the same example in each language. */
export type ExampleName = keyof typeof snippets;
/** A program in one language, with its file's name. */
export type RecipeName = keyof typeof recipes;

/** A call, with where it is described. */
export interface CallEntry {
  /** Its anchor: where the call itself was described before each tag had a page, so that older links still lead to it. */
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
  /** The answer in a nutshell. */
  lead: string;
  sections: readonly DocsSection[];
  /** Where facts about somebody else were read, and when. */
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
