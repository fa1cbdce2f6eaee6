// Lighthouse on the public pages, mobile preset, median of three, against the product as shipped. Run: npm run bench -- lighthouse
// Lighthouse needs 200 packages, so it is not a dependency: npx fetches it, or LIGHTHOUSE names the command of an installed one.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { findBrowser } from '../scripts/find-browser';
import { withProduct } from './with-product';

const PAGES = ['/', '/pricing', '/developers', '/status', '/learn/smtp-verification'];
const RUNS = 3;
/** Lighthouse's version range for third-party-web allows a release that it can't read. */
const NPX = ['--yes', '--package', 'lighthouse@12.8.2', '--package', 'third-party-web@0.27.0', 'lighthouse'];
const CHROME = '--chrome-flags=--headless --no-sandbox --disable-gpu --disable-dev-shm-usage';

const Score = z.object({ score: z.number() });
const Figure = z.object({ numericValue: z.number() });
const Report = z.object({
  categories: z.object({ performance: Score, accessibility: Score, 'best-practices': Score, seo: Score }),
  audits: z.object({
    'first-contentful-paint': Figure,
    'largest-contentful-paint': Figure,
    'total-blocking-time': Figure,
    'cumulative-layout-shift': Figure,
  }),
});

await withProduct(({ url }) => {
  for (const page of PAGES) console.log(JSON.stringify({ bench: 'lighthouse', page, runs: RUNS, ...measure(`${url}${page}`) }));
  return Promise.resolve();
});

/** Scores out of 100, and the figures behind the performance score: milliseconds, and layout shift without a unit. */
function measure(url: string) {
  const reports = Array.from({ length: RUNS }, () => run(url));
  const score = (name: keyof z.infer<typeof Report>['categories']) =>
    Math.round(median(reports.map((report) => report.categories[name].score)) * 100);
  const figure = (name: keyof z.infer<typeof Report>['audits']) =>
    Number(median(reports.map((report) => report.audits[name].numericValue)).toFixed(3));
  return {
    performance: score('performance'),
    accessibility: score('accessibility'),
    best_practices: score('best-practices'),
    seo: score('seo'),
    fcp_ms: Math.round(figure('first-contentful-paint')),
    lcp_ms: Math.round(figure('largest-contentful-paint')),
    tbt_ms: Math.round(figure('total-blocking-time')),
    cls: figure('cumulative-layout-shift'),
  };
}

function run(url: string): z.infer<typeof Report> {
  const folder = mkdtempSync(join(tmpdir(), 'lighthouse-'));
  const path = join(folder, 'report.json');
  try {
    const own = process.env.LIGHTHOUSE;
    const [command, before] = own === undefined ? ['npx', NPX] : [own, []];
    execFileSync(command, [...before, url, '--quiet', '--output=json', `--output-path=${path}`, CHROME], {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, CHROME_PATH: findBrowser() },
    });
    return Report.parse(JSON.parse(readFileSync(path, 'utf8')));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
