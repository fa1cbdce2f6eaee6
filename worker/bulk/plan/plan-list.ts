// Plans a list for some seconds: reads its domains in pages, answers what is remembered, finds out who takes each domain's mail, and
// makes chunks of the rows of one host as it goes, so that work begins before planning ends. Promises flat memory, and that a plan
// which is broken off at any moment goes on where it was: what has no chunk yet still waits in the database.
import { listDomains, writeDomains, type DomainKey, type DomainRows } from '@/lib/data/list-plan';
import { SYNTAX_HOST_KEY, type NewChunk } from '@/lib/data/list-chunks';
import { findListRun, type ListRun } from '@/lib/data/list-run';
import {
  PLAN_LOOKUP_MS,
  PLAN_LOOKUPS_AT_ONCE,
  PLAN_PAGE_DOMAINS,
  PLAN_PAGE_ROWS,
  PLAN_TURN_MS,
  PLAN_WAITING_ROWS_MAX,
} from '@/lib/domain/limits';
import { answerFromMemory } from '@/lib/services/lists/answer-from-memory';
import { endPlan, makeChunks } from '@/lib/services/lists/plan-chunks';
import { HostBins } from './host-bins';

export interface PlanDeps {
  now(): number;
  /** Names who takes a domain's mail: a provider, or the domain of its mail host; the domain itself where that is not to be found. */
  hostKeyOf(domain: string, deadline: number): string | Promise<string>;
}

/** `again`: there is more, and others had to wait long enough. */
export async function planList(listId: string, deps: PlanDeps): Promise<'done' | 'again'> {
  const list = await findListRun(listId);
  if (list === null || list.isPlanned || !['queued', 'running', 'paused'].includes(list.state)) return 'done';
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
      // The first page is not waited with: whoever started the list sees the first answers at once.
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
    const answered = await answerFromMemory(
      this.list,
      page.flatMap(({ rows }) => rows),
    );
    const entries =
      answered.size === 0 ? page : page.map((entry) => ({ ...entry, rows: entry.rows.filter((n) => !answered.has(n)) }));
    const keys = await this.hostKeys(entries.filter(({ rows, domain }) => rows.length > 0 && domain !== ''));
    for (const entry of entries) {
      if (entry.rows.length === 0) this.keep({ chunks: [], domains: [entry] });
      else if (entry.domain === '') this.keep({ chunks: [syntaxChunk(entry)], domains: [entry] });
      else this.keep(this.bins.add(keys.get(entry.domain) ?? entry.domain, entry));
    }
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

  /** False where the list ended or somebody else plans it. */
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
