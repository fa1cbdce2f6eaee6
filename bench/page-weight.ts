// How much JavaScript a first visit loads by itself, and how much once a control is used (public pages sleep until then), with the page
// itself, compressed as the server sends them; and what the idle product weighs in memory.
// Run: npm run bench -- page-weight
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { get } from 'node:http';
import { withProduct } from './with-product';

const PAGES = ['/', '/pricing', '/developers', '/status', '/docs', '/learn/smtp-verification', '/signup', '/signin'];
const SETTLE_MS = 5_000;

await withProduct(async ({ url, supervisorPid }) => {
  await new Promise((done) => setTimeout(done, SETTLE_MS));
  const memory = memoryByProcess(supervisorPid);
  for (const page of PAGES) console.log(JSON.stringify({ bench: 'page-weight', page, kb: await weighPage(url, page) }));
  console.log(JSON.stringify({ bench: 'page-weight', idle_memory_mb: memory }));
});

/** In kB of 1,000 bytes. Polyfills for browsers without modules are not loaded and not counted. */
async function weighPage(url: string, page: string): Promise<Record<string, number>> {
  const html = await (await fetch(`${url}${page}`)).text();
  const tags = [...html.matchAll(/<script\b[^>]*?\b(src|data-asleep)="([^"]+)"[^>]*>/g)].filter(
    ([tag]) => !/nomodule/i.test(tag),
  );
  const sum = async (wanted: string) => {
    const sources = new Set(tags.filter(([, kind]) => kind === wanted).map(([, , source = '']) => source));
    let bytes = 0;
    for (const source of sources) bytes += await weigh(new URL(source, url));
    return kilobytes(bytes);
  };
  return {
    html: kilobytes(await weigh(new URL(page, url))),
    scripts_at_once: await sum('src'),
    scripts_once_used: await sum('data-asleep'),
  };
}

const kilobytes = (bytes: number): number => Number((bytes / 1_000).toFixed(1));

/** How many bytes travel to a browser that reads Brotli. */
const weigh = (url: URL): Promise<number> =>
  new Promise((done, failed) => {
    get(url, { headers: { 'accept-encoding': 'gzip, deflate, br' } }, (answer) => {
      let bytes = 0;
      answer.on('data', (part: Buffer) => (bytes += part.length));
      answer.on('end', () => done(bytes));
    }).on('error', failed);
  });

/** Memory of web, worker and PostgreSQL (all its processes), in MB: proportional share where the system tells it, else resident. */
function memoryByProcess(supervisorPid: number): Record<string, number> {
  const processes = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,rss=,args='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [])
    .map(([, pid, parent, rss, args = '']) => ({ pid: Number(pid), parent: Number(parent), residentKb: Number(rss), args }));
  const megabytes = (name: string) => {
    const own = processes.filter(({ parent, args }) => parent === supervisorPid && args.includes(name));
    const below = processes.filter(({ parent }) => own.some(({ pid }) => pid === parent));
    return Math.round([...own, ...below].reduce((sum, one) => sum + (shareKb(one.pid) ?? one.residentKb), 0) / 1_024);
  };
  return { web: megabytes('scripts/web.ts'), worker: megabytes('worker/main.ts'), postgresql: megabytes('postgres -D') };
}

/** Pages shared by several processes count once, divided among them. */
function shareKb(pid: number): number | null {
  try {
    return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? Number.NaN) || null;
  } catch {
    return null;
  }
}
