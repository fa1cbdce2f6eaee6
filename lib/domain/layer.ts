// The seven layers, in the order of every screen and API answer, and the shape of what each reports.

export const LAYER_NAMES = ['syntax', 'domain', 'mx', 'disposable', 'role', 'smtp', 'catch_all'] as const;
export type LayerName = (typeof LAYER_NAMES)[number];

export const LAYER_STATUSES = ['passed', 'failed', 'warning', 'unknown', 'skipped'] as const;
export type LayerStatus = (typeof LAYER_STATUSES)[number];

/** A layer as shown in answers and on screens. `details` holds small JSON values only. */
export interface LayerReport {
  name: LayerName;
  status: LayerStatus;
  /** One plain sentence for people. */
  summary: string;
  /** Milliseconds, whole. */
  duration_ms: number;
  details: Record<string, JsonValue>;
}

export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };
