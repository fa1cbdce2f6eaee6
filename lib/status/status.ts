// The state of the installation, now and in the past. A worker task takes a sample every few minutes (`sampleStatus`); the page reads the
// sums and checks for itself what it can see (`getStatus`). A task that runs twice counts once, nothing reveals whose an address was, and
// without a database the page still says what it knows.
import { inTransaction, type Tx } from '@/lib/platform/db/transaction';
import { env } from '@/lib/platform/env';
import {
  STATUS_DATABASE_SLOW_MS,
  STATUS_PORT_25_DOUBT,
  STATUS_SAMPLE_EVERY_S,
  STATUS_WAIT_DEGRADED_S,
  STATUS_WAIT_FAILED_S,
  STATUS_WEB_TIMEOUT_MS,
} from '@/lib/platform/limits';
import {
  availability,
  COMPONENTS,
  type Component,
  type ComponentState,
  daysOf,
  type DayView,
  providersOf,
  type ProviderView,
  sampleState,
  type SampleState,
  slotOf,
  stateOfWait,
} from './rules';
import {
  addOutcomes,
  addSample,
  deleteOldDays,
  findLastSample,
  listDays,
  listProviderDays,
  type Outcomes,
  readOutcomes,
  readVitals,
  type StatusDayRow,
} from './store';

const EVERY_MS = STATUS_SAMPLE_EVERY_S * 1_000;
/** Checks that began in a window are final, and results of lists are written, once this much time has passed. */
const SETTLED_MS = EVERY_MS;
/** What happened while no sample was taken counts for the next sample, up to this time back. */
const WINDOW_MAX_MS = 86_400_000;
/** A sample this old says nothing about the present. */
const STALE_MS = 3 * EVERY_MS;

const WAITS = { degraded: STATUS_WAIT_DEGRADED_S, failed: STATUS_WAIT_FAILED_S };

export interface ComponentView {
  component: Component;
  state: ComponentState;
  /** From 0 to 1 over the days shown; null while there are too few samples to claim one. */
  availability: number | null;
  days: DayView[];
}

export interface StatusView {
  /** The worst known state. */
  state: ComponentState;
  /** ISO times; null before the first sample. */
  measuredSince: string | null;
  sampledAt: string | null;
  components: ComponentView[];
  providers: ProviderView[];
}

/** Takes a sample. False if the current interval already has one. */
export async function sampleStatus(isWebThere: () => Promise<boolean> = askWeb): Promise<boolean> {
  const startedAt = performance.now();
  const { nowMs, checkWaitS, webhookWaitS, workers, resolverTroubles } = await readVitals();
  const databaseMs = performance.now() - startedAt;
  const isThere = await isWebThere();
  const slotMs = slotOf(nowMs);
  return inTransaction(async (tx) => {
    const before = await findLastSample(tx);
    const worker = sampleState({ hasFailed: workers === 0, isDegraded: resolverTroubles > 0 });
    // The first component's sample locks the day against another run of this task.
    if (!(await addSample('worker', worker, slotMs, tx))) return false;
    await addSample('web', isThere ? 'operational' : 'failed', slotMs, tx);
    await addSample('database', databaseMs > STATUS_DATABASE_SLOW_MS ? 'degraded' : 'operational', slotMs, tx);
    await addSample('queue', stateOfWait(checkWaitS, WAITS), slotMs, tx);
    await addSample('webhooks', stateOfWait(webhookWaitS, WAITS), slotMs, tx);
    await countOutcomes(before, slotMs, tx);
    await deleteOldDays(slotMs, tx);
    return true;
  });
}

async function countOutcomes(before: number | null, slotMs: number, tx: Tx): Promise<void> {
  const fromMs = Math.max(before ?? slotMs - EVERY_MS, slotMs - WINDOW_MAX_MS) - SETTLED_MS;
  const outcomes = await readOutcomes({ fromMs, toMs: slotMs - SETTLED_MS }, tx);
  const port25 = stateOfPort25(outcomes);
  if (port25 !== null) await addSample('port_25', port25, slotMs, tx);
  await addOutcomes(outcomes, slotMs, tx);
}

/** Null if too little was asked to decide. */
function stateOfPort25(outcomes: readonly Outcomes[]): SampleState | null {
  const reached = outcomes.reduce((sum, one) => sum + one.reached, 0);
  const notReached = outcomes.reduce((sum, one) => sum + one.notReached, 0);
  if (reached > 0) return 'operational';
  return notReached >= STATUS_PORT_25_DOUBT ? 'failed' : null;
}

/** Uses the public address, as a visitor does. */
async function askWeb(): Promise<boolean> {
  try {
    const response = await fetch(`${env().APP_URL}/healthz`, { signal: AbortSignal.timeout(STATUS_WEB_TIMEOUT_MS) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

/** Never throws: without a database, the components that need it have failed and nothing is known about the past. */
export async function getStatus(): Promise<StatusView> {
  const read = await Promise.all([readVitals(), listDays(), listProviderDays()]).catch(() => null);
  if (read === null)
    return viewOf({ nowMs: Date.now(), rows: [], now: { web: 'operational', database: 'failed' }, providers: [] });
  const [{ nowMs, checkWaitS, webhookWaitS, workers, resolverTroubles }, rows, sums] = read;
  const now: Partial<Record<Component, ComponentState>> = {
    web: 'operational',
    database: 'operational',
    worker: sampleState({ hasFailed: workers === 0, isDegraded: resolverTroubles > 0 }),
    queue: stateOfWait(checkWaitS, WAITS),
    webhooks: stateOfWait(webhookWaitS, WAITS),
  };
  return viewOf({ nowMs, rows, now, providers: providersOf(sums, nowMs) });
}

interface Read {
  nowMs: number;
  rows: readonly StatusDayRow[];
  /** What this process sees itself. */
  now: Partial<Record<Component, ComponentState>>;
  providers: ProviderView[];
}

function viewOf({ nowMs, rows, now, providers }: Read): StatusView {
  const components = COMPONENTS.map((component): ComponentView => {
    const sums = rows
      .filter((row) => row.component === component)
      .map(({ firstAt, sampledAt, ...row }) => ({ ...row, firstAt: firstAt.getTime(), sampledAt: sampledAt.getTime() }));
    const last = sums.at(-1);
    const sampled = last !== undefined && nowMs - last.sampledAt <= STALE_MS ? last.state : 'unknown';
    return {
      component,
      state: now[component] ?? sampled,
      availability: availability(component, sums, nowMs),
      days: daysOf(sums, nowMs),
    };
  });
  const times = rows.flatMap(({ firstAt, sampledAt }) => [firstAt.getTime(), sampledAt.getTime()]);
  return {
    state: worstOf(components),
    measuredSince: times.length === 0 ? null : new Date(Math.min(...times)).toISOString(),
    sampledAt: times.length === 0 ? null : new Date(Math.max(...times)).toISOString(),
    components,
    providers,
  };
}

function worstOf(components: readonly ComponentView[]): ComponentState {
  const states = components.map(({ state }) => state);
  return (['failed', 'degraded', 'operational'] as const).find((state) => states.includes(state)) ?? 'unknown';
}
