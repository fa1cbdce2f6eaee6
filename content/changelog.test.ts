// @vitest-environment jsdom
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { changelogFeed, parseChangelog } from './changelog';

const SAMPLE = `# Changelog

Words before the first day.

## 2026-12-01

### Lists & files

- A point
  that goes on, with \`code\` and - a dash.
- <b>Another</b> "one" & more.

## 2026-11-30

### First release

- It's only this: \`it's\`.
`;

describe('the changelog', () => {
  const days = parseChangelog(SAMPLE);

  it('is read by day, group and point', () => {
    expect(days).toEqual([
      {
        day: '2026-12-01',
        groups: [
          {
            id: '2026-12-01-lists-files',
            title: 'Lists & files',
            points: ['A point that goes on, with `code` and - a dash.', '<b>Another</b> “one” & more.'],
          },
        ],
      },
      {
        day: '2026-11-30',
        groups: [{ id: '2026-11-30-first-release', title: 'First release', points: ["It’s only this: `it's`."] }],
      },
    ]);
  });

  it('becomes a feed in which no text can end an element', () => {
    const feed = changelogFeed(days, 'https://verifier.example');
    expect(feed).toContain('<title>Lists &amp; files</title>');
    expect(feed).toContain('<guid isPermaLink="true">https://verifier.example/changelog#2026-11-30-first-release</guid>');
    expect(feed).toContain('<pubDate>Tue, 01 Dec 2026 00:00:00 GMT</pubDate>');
    expect(feed).toContain('&lt;li&gt;&amp;lt;b&amp;gt;Another&amp;lt;/b&amp;gt;');
    expect(feed).not.toContain('<b>');
    const document = new DOMParser().parseFromString(feed, 'application/xml');
    expect(document.querySelector('parsererror')).toBeNull();
    expect(document.querySelectorAll('item')).toHaveLength(2);
  });

  it('of this project has every point, its days newest first, and a unique anchor for each group', () => {
    const text = readFileSync('CHANGELOG.md', 'utf8');
    const days = parseChangelog(text);
    const groups = days.flatMap((day) => day.groups);
    expect(groups.flatMap(({ points }) => points)).toHaveLength(text.match(/^- /gm)?.length ?? 0);
    expect(days.map(({ day }) => day)).toEqual(
      days
        .map(({ day }) => new Date(day).toISOString().slice(0, 10))
        .sort()
        .reverse(),
    );
    expect(new Set(groups.map(({ id }) => id)).size).toBe(groups.length);
  });
});
