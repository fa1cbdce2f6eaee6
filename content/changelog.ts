// Parses CHANGELOG.md for the changelog's page and feed: days (`##`), groups (`###`) and their points (`-`).
import type { Page } from './page';

export const CHANGELOG: Page = {
  path: '/changelog',
  title: 'Changelog',
  description:
    'What changes for people who use Email Verifier, newest first, in plain words. Also as an RSS feed for your reader.',
  updated: '2026-11-30',
};

export const CHANGELOG_FEED_PATH = '/changelog/feed.xml';

export interface ChangeGroup {
  /** Its anchor on the page. */
  id: string;
  title: string;
  points: readonly string[];
}

export interface ChangeDay {
  /** As in the file: "2026-11-30". */
  day: string;
  groups: readonly ChangeGroup[];
}

/** Any other line continues the point before it. Lines before the first day are the file's own heading. */
export function parseChangelog(markdown: string): readonly ChangeDay[] {
  return sections(markdown, '## ').map(([day, body]) => ({
    day,
    groups: sections(body, '### ').map(([group, points]) => ({
      id: slugOfTitle(`${day} ${group}`),
      title: curlQuotes(group),
      points: sections(`\n${points}`, '- ')
        .map(([first, rest]) => `${first} ${rest}`.replaceAll(/\s+/g, ' ').trim())
        .map(curlQuotes),
    })),
  }));
}

/** For each line that begins with `mark`: the rest of that line, and the lines up to the next one. */
function sections(text: string, mark: string): [title: string, body: string][] {
  return `\n${text}`
    .split(`\n${mark}`)
    .slice(1)
    .map((part) => {
      const end = part.indexOf('\n');
      return end === -1 ? [part.trim(), ''] : [part.slice(0, end).trim(), part.slice(end + 1)];
    });
}

/** The file is typed on keyboards; the page is read. Code, between backticks, stays as it is. */
const curlQuotes = (text: string): string =>
  text
    .split('`')
    .map((part, index) => (index % 2 === 1 ? part : part.replaceAll("'", '’').replaceAll(/"([^"]*)"/g, '“$1”')))
    .join('`');

const slugOfTitle = (title: string): string =>
  title
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');

/** RSS 2.0, one item a group. `origin` is the address of this site without a slash at its end. */
export function changelogFeed(days: readonly ChangeDay[], origin: string): string {
  const items = days.flatMap((day) => day.groups.map((group) => feedItem(day, group, origin)));
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>',
    `<title>Email Verifier: ${escapeXml(CHANGELOG.title)}</title>`,
    `<link>${escapeXml(`${origin}${CHANGELOG.path}`)}</link>`,
    `<description>${escapeXml(CHANGELOG.description)}</description>`,
    '<language>en-us</language>',
    `<atom:link href="${escapeXml(`${origin}${CHANGELOG_FEED_PATH}`)}" rel="self" type="application/rss+xml"/>`,
    ...items,
    '</channel></rss>',
    '',
  ].join('\n');
}

function feedItem({ day }: ChangeDay, group: ChangeGroup, origin: string): string {
  const link = escapeXml(`${origin}${CHANGELOG.path}#${group.id}`);
  const html = `<ul>${group.points.map((point) => `<li>${escapeXml(point)}</li>`).join('')}</ul>`;
  return [
    '<item>',
    `<title>${escapeXml(group.title)}</title>`,
    `<link>${link}</link>`,
    `<guid isPermaLink="true">${link}</guid>`,
    `<pubDate>${new Date(day).toUTCString()}</pubDate>`,
    `<description>${escapeXml(html)}</description>`,
    '</item>',
  ].join('\n');
}

const XML: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escapeXml = (text: string): string => text.replaceAll(/[&<>"]/g, (sign) => XML[sign] ?? sign);
