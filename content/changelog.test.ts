// @vitest-environment jsdom
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { changelogFeed, parseChangelog } from './changelog';

const SAMPLE = `# Changelog

Words before the first release.

## 1.1.0 (2026-12-01)

### Lists & files

- A point
  that goes on, with \`code\` and - a dash.
- <b>Another</b> "one" & more.

## 1.0.0

### First release

- It's only this: \`it's\`.
`;

describe('the changelog', () => {
  const releases = parseChangelog(SAMPLE);

  it('is read by release, group and point', () => {
    expect(releases).toEqual([
      {
        title: '1.1.0 (2026-12-01)',
        groups: [
          {
            id: '1-1-0-2026-12-01-lists-files',
            title: 'Lists & files',
            points: ['A point that goes on, with `code` and - a dash.', '<b>Another</b> “one” & more.'],
          },
        ],
      },
      { title: '1.0.0', groups: [{ id: '1-0-0-first-release', title: 'First release', points: ["It’s only this: `it's`."] }] },
    ]);
  });

  it('becomes a feed in which no text can end an element', () => {
    const feed = changelogFeed(releases, 'https://verifier.example');
    expect(feed).toContain('<title>Lists &amp; files (1.1.0 (2026-12-01))</title>');
    expect(feed).toContain('<guid isPermaLink="true">https://verifier.example/changelog#1-0-0-first-release</guid>');
    expect(feed).toContain('&lt;li&gt;&amp;lt;b&amp;gt;Another&amp;lt;/b&amp;gt;');
    expect(feed).not.toContain('<b>');
    const document = new DOMParser().parseFromString(feed, 'application/xml');
    expect(document.querySelector('parsererror')).toBeNull();
    expect(document.querySelectorAll('item')).toHaveLength(2);
  });

  it('of this project has every point, and a unique anchor for each group', () => {
    const text = readFileSync('CHANGELOG.md', 'utf8');
    const groups = parseChangelog(text).flatMap((release) => release.groups);
    expect(groups.flatMap(({ points }) => points)).toHaveLength(text.match(/^- /gm)?.length ?? 0);
    expect(new Set(groups.map(({ id }) => id)).size).toBe(groups.length);
  });
});
