// How much JavaScript a first visit loads, compressed as the server sends it, and what the idle product weighs in memory.
// Run: npm run bench -- page-weight
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { withProduct } from './with-product';

const PAGES = ['/', '/learn/smtp-verification', '/signup'];
const SETTLE_MS = 5_000;

await withProduct(async ({ url, supervisorPid }) => {
  await new Promise((done) => setTimeout(done, SETTLE_MS));
  const memory = memoryByProcess(supervisorPid);
  const pages: Record<string, number> = {};
  for (const page of PAGES) pages[page] = await scriptBytes(url, page);
  console.log(JSON.stringify({ bench: 'page-weight', javascript_gzip_kb: pages, idle_memory_mb: memory }));
});

/** Scripts that the page names, gzipped, in kB of 1,000 bytes; module-less browsers' polyfills are not loaded and not counted. */
async function scriptBytes(url: string, page: string): Promise<number> {
  const html = await (await fetch(`${url}${page}`)).text();
  const tags = [...html.matchAll(/<script\b[^>]*\bsrc="([^"]+)"[^>]*>/g)].filter(([tag]) => !/nomodule/i.test(tag));
  const sources = new Set(tags.flatMap(([, source]) => source ?? []));
  let bytes = 0;
  for (const source of sources) bytes += gzipSync(await (await fetch(new URL(source, url))).text()).length;
  return Number((bytes / 1_000).toFixed(1));
}

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
