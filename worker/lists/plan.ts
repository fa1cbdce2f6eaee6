// Plans a list for some seconds: reads its domains in pages, answers rows from the workspace's blocklist and memory, finds out who takes each domain's mail, and makes
// chunks of rows of the same host as it goes, so that work begins before planning ends. Guarantees: memory is flat, and a plan interrupted
// at any moment continues where it was, since domains without a chunk stay in the database.
import { enqueueTokens, finishJobKey } from '@/lib/lists/jobs';
import { isUnderWay } from '@/lib/lists/rules/list';
import { insertChunks, MIXED_HOST_KEY, type NewChunk, SYNTAX_HOST_KEY } from '@/lib/lists/store/chunks';
import { deleteDomains, type DomainKey, type DomainRows, listDomains, writeDomains } from '@/lib/lists/store/domains';
import { announceLists, changeRun, findListRun, type ListRun, lockList } from '@/lib/lists/store/run';
import { inTransaction, type Tx } from '@/lib/platform/db/transaction';
import {
  CHUNK_MAX_ADDRESSES,
  PLAN_LOOKUP_MS,
  PLAN_LOOKUPS_AT_ONCE,
  PLAN_OWN_CHUNK_MIN_ROWS,
  PLAN_PAGE_DOMAINS,
  PLAN_PAGE_ROWS,
  PLAN_TURN_MS,
  PLAN_WAITING_ROWS_MAX,
} from '@/lib/platform/limits';
import { enqueue } from '@/lib/platform/queue/enqueue';
import { answerFromBlocklist, answerFromMemory } from './record';

export interface PlanDeps {
  now(): number;
  /** A key for who takes a domain's mail: a provider, or the domain of its mail host; the domain itself if neither is found. */
  hostKeyOf(domain: string, deadline: number): string | Promise<string>;
}

/** `again`: there is more to plan, but this turn is over, so that others need not wait. */
export async function planList(listId: string, deps: PlanDeps): Promise<'done' | 'again'> {
  const list = await findListRun(listId);
  if (list === null || list.isPlanned || !isUnderWay(list.status)) return 'done';
  if (list.plannedRun !== list.run) await writeDomains(list.id, list.run);
  return new Plan(list, deps).goOn();
}

class Plan {
  private readonly bins = new HostBins();
  private readonly ready: { chunks: NewChunk[]; domains: DomainKey[] } = { chunks: [], domains: [] };

  constructor(
    private readonly list: ListRun,
    private readonly deps: PlanDeps,
  ) {}

  async goOn(): Promise<'done' | 'again'> {
    const until = this.deps.now() + PLAN_TURN_MS;
    let after: DomainKey | null = null;
    for (let pages = 0; ; pages++) {
      const page = await listDomains(this.list.id, { after, maxDomains: PLAN_PAGE_DOMAINS, maxRows: PLAN_PAGE_ROWS });
      const isLast = page.length === 0;
      if (!isLast) await this.take(page);
      const isOver = this.deps.now() >= until;
      // The first page's chunks are made at once, so that whoever started the list soon sees answers.
      if (isLast || isOver || pages === 0 || this.bins.size > PLAN_WAITING_ROWS_MAX) this.keep(this.bins.flush());
      if (!(await this.write())) return 'done';
      if (isLast) break;
      if (isOver) return 'again';
      after = page.at(-1) ?? null;
    }
    await endPlan(this.list);
    return 'done';
  }

  private async take(page: readonly DomainRows[]): Promise<void> {
    const entries = await this.answer(await this.answer(page, answerFromBlocklist), answerFromMemory);
    const keys = await this.hostKeys(entries.filter(({ rows, domain }) => rows.length > 0 && domain !== ''));
    for (const entry of entries) {
      if (entry.rows.length === 0) this.keep({ chunks: [], domains: [entry] });
      else if (entry.domain === '') this.keep({ chunks: [syntaxChunk(entry)], domains: [entry] });
      else this.keep(this.bins.add(keys.get(entry.domain) ?? entry.domain, entry));
    }
  }

  /** Returns the page without the rows that are answered. */
  private async answer(page: readonly DomainRows[], answerRows: typeof answerFromMemory): Promise<readonly DomainRows[]> {
    const answered = await answerRows(
      this.list,
      page.flatMap(({ rows }) => rows),
    );
    if (answered.size === 0) return page;
    return page.map((entry) => ({ ...entry, rows: entry.rows.filter((n) => !answered.has(n)) }));
  }

  private async hostKeys(entries: readonly DomainRows[]): Promise<ReadonlyMap<string, string>> {
    const keys = new Map<string, string>();
    const domains = [...new Set(entries.map(({ domain }) => domain))];
    let next = 0;
    const lookUp = async (): Promise<void> => {
      for (let domain = domains[next++]; domain !== undefined; domain = domains[next++]) {
        keys.set(domain, await this.deps.hostKeyOf(domain, this.deps.now() + PLAN_LOOKUP_MS));
      }
    };
    await Promise.all(Array.from({ length: Math.min(PLAN_LOOKUPS_AT_ONCE, domains.length) }, lookUp));
    return keys;
  }

  private keep({ chunks, domains }: { chunks: readonly NewChunk[]; domains: readonly DomainKey[] }): void {
    this.ready.chunks.push(...chunks);
    this.ready.domains.push(...domains.map(({ domain, no }) => ({ domain, no })));
  }

  /** False if the list ended, or if another process plans it. */
  private async write(): Promise<boolean> {
    const { chunks, domains } = this.ready;
    if (domains.length === 0) return true;
    const isMade = await makeChunks(this.list, { chunks: [...chunks], domains: [...domains] });
    chunks.length = 0;
    domains.length = 0;
    return isMade;
  }
}

const syntaxChunk = ({ rows }: DomainRows): NewChunk => ({ rows, hostKey: SYNTAX_HOST_KEY, lane: 'main', notBefore: null });

interface Entry extends DomainKey {
  rows: readonly number[];
}

export interface Packed {
  chunks: NewChunk[];
  /** The domains whose rows these are. */
  domains: DomainKey[];
}

/**
 * Collects rows of the same mail host until they fill a chunk. Guarantees: no chunk is over the limit, rows of one host stay together
 * as far as memory allows, and hosts with few rows share chunks. Pure.
 */
export class HostBins {
  private readonly bins = new Map<string, Entry[]>();
  private waiting = 0;

  /** The number of waiting rows. */
  get size(): number {
    return this.waiting;
  }

  /** Adds rows. Returns the chunks that are full now. */
  add(hostKey: string, entry: Entry): Packed {
    const bin = this.bins.get(hostKey) ?? [];
    this.bins.set(hostKey, bin);
    bin.push(entry);
    this.waiting += entry.rows.length;
    return countRows(bin) >= CHUNK_MAX_ADDRESSES ? this.take([hostKey]) : EMPTY;
  }

  /** Returns all waiting rows: hosts with enough rows in their own chunks, the others in shared ones. */
  flush(): Packed {
    return this.take([...this.bins.keys()]);
  }

  private take(hostKeys: readonly string[]): Packed {
    const packed: Packed = { chunks: [], domains: [] };
    const few: number[] = [];
    for (const hostKey of hostKeys) {
      const bin = this.bins.get(hostKey) ?? [];
      this.bins.delete(hostKey);
      const rows = bin.flatMap((entry) => entry.rows);
      this.waiting -= rows.length;
      packed.domains.push(...bin.map(({ domain, no }) => ({ domain, no })));
      if (rows.length < PLAN_OWN_CHUNK_MIN_ROWS) few.push(...rows);
      else packed.chunks.push(...inChunks(rows, hostKey));
    }
    packed.chunks.push(...inChunks(few, MIXED_HOST_KEY));
    return packed;
  }
}

const EMPTY: Packed = { chunks: [], domains: [] };

const countRows = (bin: readonly Entry[]): number => bin.reduce((sum, { rows }) => sum + rows.length, 0);

function inChunks(rows: readonly number[], hostKey: string): NewChunk[] {
  // Chunks are of even size: 501 rows make chunks of 251 and 250, not one of 500 and one of 1.
  const count = Math.ceil(rows.length / CHUNK_MAX_ADDRESSES);
  return Array.from({ length: count }, (_, at) => ({
    rows: rows.slice(Math.floor((at * rows.length) / count), Math.floor(((at + 1) * rows.length) / count)),
    hostKey,
    lane: 'main' as const,
    notBefore: null,
  }));
}

// The steps of a plan that write: making chunks of waiting domains, and ending the plan. Guarantee: a row is in one chunk per run. A step
// that finds a domain already planned by another process is rolled back.

class PlannedElsewhere extends Error {}

/** False if this plan must stop, because the run is over or another process plans the list. */
export async function makeChunks(
  list: ListRun,
  made: { chunks: readonly NewChunk[]; domains: readonly DomainKey[] },
): Promise<boolean> {
  const scope = { workspaceId: list.workspaceId };
  return inTransaction(async (tx) => {
    const now = await lockList(scope, list.id, tx);
    if (now?.run !== list.run || !isUnderWay(now.status)) return false;
    const deleted = await deleteDomains(list.id, made.domains, tx);
    if (deleted !== made.domains.length) throw new PlannedElsewhere();
    await insertChunks({ listId: list.id, run: list.run, afterNo: now.chunks }, made.chunks, tx);
    await changeRun(list.id, { chunks: { increment: made.chunks.length } }, tx);
    await enqueueTokens(list.id, tx, made.chunks.length);
    return true;
  }).catch((error: unknown) => {
    if (error instanceof PlannedElsewhere) return false;
    throw error;
  });
}

export async function endPlan(list: ListRun): Promise<void> {
  const scope = { workspaceId: list.workspaceId };
  await inTransaction(async (tx: Tx) => {
    const now = await lockList(scope, list.id, tx);
    if (now?.run !== list.run || !isUnderWay(now.status)) return;
    await changeRun(list.id, { isPlanned: true }, tx);
    // If the last result was already written, nothing else would complete the list.
    if (now.processed >= now.unique) await enqueue('finish-list', { listId: list.id }, { jobKey: finishJobKey(list.id) }, tx);
    await announceLists([list.id], tx);
  });
}
