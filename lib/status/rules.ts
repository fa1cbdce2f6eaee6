// The vocabulary of the status page, and how a day or a quarter of a year is derived from its sums. Pure. What was not measured is never
// shown as healthy: a day without samples says so, and the availability (samples that did not fail, so degraded ones count as up)
// includes missing samples where it can know them.
import {
  STATUS_DAYS,
  STATUS_PROVIDER_MIN_ADDRESSES,
  STATUS_SAMPLE_EVERY_S,
  STATUS_UPTIME_MIN_SAMPLES,
} from '@/lib/platform/limits';
import { DAY_MS } from '@/lib/platform/time';

export const COMPONENTS = ['web', 'worker', 'queue', 'database', 'port_25', 'webhooks'] as const;
export type Component = (typeof COMPONENTS)[number];

export const SAMPLE_STATES = ['operational', 'degraded', 'failed'] as const;
export type SampleState = (typeof SAMPLE_STATES)[number];
/** Includes what is not known: too old, or nothing to judge by. */
export type ComponentState = SampleState | 'unknown';

/** A component's sums for one day. */
export interface DaySums {
  /** ISO date, UTC. */
  day: string;
  samples: number;
  degraded: number;
  failed: number;
  /** Epoch milliseconds of the first and the last sample. */
  firstAt: number;
  sampledAt: number;
}

export interface DayView {
  day: string;
  state: ComponentState;
  /** Unhealthy minutes, and minutes without a measurement, all rounded to samples. */
  degradedMinutes: number;
  failedMinutes: number;
  unmeasuredMinutes: number;
}

const EVERY_MS = STATUS_SAMPLE_EVERY_S * 1_000;
const MINUTES_A_SAMPLE = STATUS_SAMPLE_EVERY_S / 60;

/** The interval that a sample counts for, so that a task that runs twice counts once. */
export const slotOf = (nowMs: number): number => Math.floor(nowMs / EVERY_MS) * EVERY_MS;

export const isoDay = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** Converts a waiting time into a state. */
export function stateOfWait(waitS: number, { degraded, failed }: { degraded: number; failed: number }): SampleState {
  if (waitS > failed) return 'failed';
  return waitS > degraded ? 'degraded' : 'operational';
}

/** The last `STATUS_DAYS` days up to today, oldest first. Days before the first sample are unknown. */
export function daysOf(sums: readonly DaySums[], nowMs: number): DayView[] {
  const byDay = new Map(sums.map((day) => [day.day, day]));
  const measuredSince = Math.min(...sums.map(({ firstAt }) => firstAt));
  return Array.from({ length: STATUS_DAYS }, (_, index) => {
    const day = isoDay(nowMs - (STATUS_DAYS - 1 - index) * DAY_MS);
    return dayView(day, byDay.get(day), expectedOn(day, measuredSince, nowMs));
  });
}

/** How many samples a day should have, from the first one ever to the last one due. */
function expectedOn(day: string, measuredSince: number, nowMs: number): number {
  const begins = Math.max(Date.parse(`${day}T00:00:00Z`), measuredSince);
  const ends = Math.min(Date.parse(`${day}T00:00:00Z`) + DAY_MS, slotOf(nowMs));
  return Math.max(0, Math.ceil((ends - begins) / EVERY_MS));
}

/** A failure outweighs everything else. */
export function sampleState({ hasFailed, isDegraded }: { hasFailed: boolean; isDegraded: boolean }): SampleState {
  if (hasFailed) return 'failed';
  return isDegraded ? 'degraded' : 'operational';
}

function dayView(day: string, sums: DaySums | undefined, expected: number): DayView {
  const { samples, degraded, failed } = sums ?? { samples: 0, degraded: 0, failed: 0 };
  return {
    day,
    state: samples === 0 ? 'unknown' : sampleState({ hasFailed: failed > 0, isDegraded: degraded > 0 }),
    degradedMinutes: degraded * MINUTES_A_SAMPLE,
    failedMinutes: failed * MINUTES_A_SAMPLE,
    unmeasuredMinutes: Math.max(0, expected - samples) * MINUTES_A_SAMPLE,
  };
}

/**
 * The share of samples in which the component was not down, 0–1; null while there are too few to claim one. The worker takes the samples,
 * so missing ones are its own outage. They say nothing about the other components.
 */
export function availability(component: Component, sums: readonly DaySums[], nowMs: number): number | null {
  const samples = sums.reduce((sum, day) => sum + day.samples, 0);
  const failed = sums.reduce((sum, day) => sum + day.failed, 0);
  const missing = daysOf(sums, nowMs).reduce((sum, day) => sum + day.unmeasuredMinutes, 0) / MINUTES_A_SAMPLE;
  const counted = component === 'worker' ? samples + missing : samples;
  return counted < STATUS_UPTIME_MIN_SAMPLES ? null : (samples - failed) / counted;
}

export interface ProviderSums {
  provider: string;
  day: string;
  asked: number;
  answered: number;
}

export interface ProviderDay {
  day: string;
  asked: number;
  /** From 0 to 1; null if too few addresses were asked about. */
  share: number | null;
}

export interface ProviderView extends Omit<ProviderDay, 'day'> {
  provider: string;
  days: ProviderDay[];
}

const shareOf = (asked: number, answered: number): number | null =>
  asked < STATUS_PROVIDER_MIN_ADDRESSES ? null : answered / asked;

/** Providers with enough addresses over the whole time, those with most addresses first, with a share for each day that has enough. */
export function providersOf(sums: readonly ProviderSums[], nowMs: number): ProviderView[] {
  const names = [...new Set(sums.map(({ provider }) => provider))];
  const days = Array.from({ length: STATUS_DAYS }, (_, index) => isoDay(nowMs - (STATUS_DAYS - 1 - index) * DAY_MS));
  return names
    .map((provider): ProviderView => {
      const own = sums.filter((sum) => sum.provider === provider && days.includes(sum.day));
      const asked = own.reduce((all, day) => all + day.asked, 0);
      const share = shareOf(
        asked,
        own.reduce((all, day) => all + day.answered, 0),
      );
      return {
        provider,
        asked,
        share,
        days: days.map((day) =>
          providerDay(
            day,
            own.find((sum) => sum.day === day),
          ),
        ),
      };
    })
    .filter(({ share }) => share !== null)
    .toSorted((a, b) => b.asked - a.asked || a.provider.localeCompare(b.provider));
}

const providerDay = (day: string, sums: ProviderSums | undefined): ProviderDay =>
  sums === undefined ? { day, asked: 0, share: null } : { day, asked: sums.asked, share: shareOf(sums.asked, sums.answered) };
