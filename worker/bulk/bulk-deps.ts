// What work on lists needs of its process: the engine, the clock, and what the process knows of its own work.
import type { Log } from '@/lib/log';
import type { EngineAnswer } from '@/lib/domain/answer';
import type { LayerReport } from '@/lib/domain/layer';
import type { Subject } from '../engine/findings';
import type { Gate } from './gate';
import type { Notices } from './notices';
import type { Switchboard } from './switchboard';

export interface BulkDeps {
  verify: (subject: Subject, onLayer: (layer: LayerReport) => void) => Promise<EngineAnswer>;
  now(): number;
  /** 0 ≤ n < 1 */
  random(): number;
  log: Log;
  /** Chunks under way at once in a process; for the room that a claim leaves to others. */
  slots: number;
  workerId: string;
  board: Switchboard;
  gate: Gate;
  notices: Notices;
}
