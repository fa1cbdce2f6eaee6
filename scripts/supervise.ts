// Keeps one process running. Restarts it when it ends: immediately the first time, after growing pauses if it keeps ending soon after its
// start. Never restarts it after `stop`.
import type { ChildProcess } from 'node:child_process';

/** The delay before the second restart in a row; the first comes immediately. */
export const RESTART_FIRST_MS = 500;
export const RESTART_LONGEST_MS = 15_000;
/** A process that ran this long did not fail to start, so its next restart comes immediately. */
export const HEALTHY_AFTER_MS = 10_000;

export interface Supervised {
  /** Asks the process to end and waits for it; kills it at the deadline. */
  stop: (graceMs: number) => Promise<void>;
}

/** A process of any kind: how to end it, and how to learn that it ended. */
export interface Running {
  exited: Promise<unknown>;
  stop: () => void;
  kill: () => void;
}

export interface SuperviseOptions {
  name: string;
  start: () => Promise<Running>;
  report: (line: string) => void;
}

/** Starts the process and keeps it running; rejects only when the very first start fails. */
export async function supervise({ name, start, report }: SuperviseOptions): Promise<Supervised> {
  let running: Running | null = await start();
  const stopping = new AbortController();
  const isStopping = () => stopping.signal.aborted;
  let failures = 0;
  let wake: () => void = () => undefined;

  const pause = (ms: number) =>
    new Promise<void>((done) => {
      const timer = setTimeout(done, ms);
      wake = () => {
        clearTimeout(timer);
        done();
      };
    });

  const keepAlive = async () => {
    while (!isStopping()) {
      const since = Date.now();
      await running?.exited;
      running = null;
      if (isStopping()) return;
      failures = Date.now() - since >= HEALTHY_AFTER_MS ? 0 : failures + 1;
      // No delay after a long run or after the first failure.
      const delayMs = failures <= 1 ? 0 : Math.min(RESTART_FIRST_MS * 2 ** (failures - 2), RESTART_LONGEST_MS);
      report(`${name} ended; starting it again${delayMs === 0 ? '' : ` in ${delayMs / 1_000} s`}`);
      if (delayMs > 0) await pause(delayMs);
      if (isStopping()) return;
      running = await start().catch((error: unknown) => {
        report(`${name} did not start: ${error instanceof Error ? error.message : String(error)}`);
        return null;
      });
    }
  };
  const loop = keepAlive();

  return {
    stop: async (graceMs) => {
      stopping.abort();
      wake();
      const deadline = setTimeout(() => running?.kill(), graceMs);
      running?.stop();
      await Promise.all([running?.exited, loop]);
      clearTimeout(deadline);
    },
  };
}

/** Wraps a child process for `supervise`. */
export function running(child: ChildProcess): Running {
  return {
    exited: new Promise((done) => {
      child.once('exit', done);
      child.once('error', done);
    }),
    stop: () => child.kill('SIGTERM'),
    kill: () => child.kill('SIGKILL'),
  };
}
