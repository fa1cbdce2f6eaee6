// What a workspace's blocklist holds and which addresses it names. An entry is one mailbox or one domain. A mailbox is kept in its
// canonical form, so that it is blocked in every spelling that reaches it, and it is also blocked with a tag behind a plus: somebody who
// asked not to be mailed means all mail. A domain is kept in A-labels and names its own addresses, but not those of its subdomains.
import { type Address, parseAddress, trimAddress } from '@/lib/verdict/address';
import { type EngineAnswer, NO_FLAGS_KNOWN, skippedAnswer } from '@/lib/verdict/answer';
import { withoutPlusTag } from '@/lib/verdict/mailbox-rules';
import { statusOf } from '@/lib/verdict/verdict';

/** A line that is neither an address nor a domain. */
export interface BadLine {
  line: string;
  problem: string;
}

interface ReadLines {
  /** Without repetitions. */
  entries: string[];
  bad: BadLine[];
}

/** What became of a paste. */
export interface AddedLines {
  added: number;
  /** Entries that were there before. */
  known: number;
  bad: BadLine[];
}

export interface BlocklistEntryView {
  entry: string;
  /** The entry as people read it: with the domain in its own script. */
  text: string;
  isDomain: boolean;
  addedAt: string;
}

/** `@example.com` and `*@example.com` are common ways to write a domain. */
const WHOLE_DOMAIN = /^\*?@/;

/** One entry a line. Empty lines don't count. */
export function readLines(text: string): ReadLines {
  const entries = new Set<string>();
  const bad: BadLine[] = [];
  for (const line of linesOf(text)) {
    const read = readEntry(line);
    if (read.ok) entries.add(read.entry);
    else bad.push({ line, problem: read.problem });
  }
  return { entries: [...entries], bad };
}

export const linesOf = (text: string): string[] =>
  text
    .split(/\r\n?|\n/)
    .map(trimAddress)
    .filter((line) => line !== '');

export function readEntry(line: string): { ok: true; entry: string } | { ok: false; problem: string } {
  const text = line.replace(WHOLE_DOMAIN, '');
  const isDomain = !text.includes('@');
  const parsed = parseAddress(isDomain ? `anyone@${text}` : text);
  if (!parsed.ok) return { ok: false, problem: parsed.message };
  return { ok: true, entry: isDomain ? parsed.address.domain : parsed.address.canonical };
}

/** The entries that name this address. None if it is no address: it has nothing to compare. */
export function entriesNaming(email: string): string[] {
  const parsed = parseAddress(email);
  if (!parsed.ok) return [];
  const { canonical, domain } = parsed.address;
  return [...new Set([canonical, withoutTag(parsed.address), domain])];
}

function withoutTag({ canonical }: Address): string {
  const at = canonical.lastIndexOf('@');
  return withoutPlusTag(canonical.slice(0, at)) + canonical.slice(at);
}

export function toEntryView({ entry, createdAt }: { entry: string; createdAt: Date }): BlocklistEntryView {
  return { entry, text: textOf(entry), isDomain: isDomainEntry(entry), addedAt: createdAt.toISOString() };
}

const isDomainEntry = (entry: string): boolean => !entry.includes('@');

function textOf(entry: string): string {
  const parsed = parseAddress(isDomainEntry(entry) ? `anyone@${entry}` : entry);
  if (!parsed.ok) return entry;
  return isDomainEntry(entry) ? parsed.address.domainUnicode : parsed.address.normalized;
}

/** The answer about an address that this entry names. Nobody was asked, so there is no evidence. */
export function blockedAnswer(email: string, entry: string): EngineAnswer {
  const named = isDomainEntry(entry) ? `the domain ${textOf(entry)}` : textOf(entry);
  const verdict = { status: statusOf('blocklisted'), reason: 'blocklisted', score: null, flags: NO_FLAGS_KNOWN } as const;
  return skippedAnswer(email, verdict, `Not asked: your blocklist names ${named}.`);
}
