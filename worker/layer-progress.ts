// Writes the layers of a running check for those who watch it, at most once in a while, off the check's own path. Promises
// that a check which is over before the first write costs none, and that a failed write never fails a check.
import type { LayerReport } from '@/lib/verdict/evidence';

export interface LayerProgress {
  add(layer: LayerReport): void;
  /** No write starts after this, and none is under way when it resolves. */
  stop(): Promise<void>;
}

export interface LayerProgressOptions {
  write: (layers: readonly LayerReport[]) => Promise<void>;
  everyMs: number;
  onError: (error: unknown) => void;
}

export function createLayerProgress({ write, everyMs, onError }: LayerProgressOptions): LayerProgress {
  const layers: LayerReport[] = [];
  let timer: NodeJS.Timeout | undefined;
  let written = 0;
  let writing = Promise.resolve();
  let isStopped = false;

  const flush = async (): Promise<void> => {
    written = layers.length;
    await write([...layers]).catch(onError);
    timer = undefined;
    if (layers.length > written && !isStopped) schedule();
  };
  const schedule = (): void => {
    timer ??= setTimeout(() => {
      writing = flush();
    }, everyMs);
  };

  return {
    add(layer) {
      if (isStopped) return;
      layers.push(layer);
      schedule();
    },
    stop() {
      isStopped = true;
      clearTimeout(timer);
      return writing;
    },
  };
}
