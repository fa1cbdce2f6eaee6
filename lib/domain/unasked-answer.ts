// An answer that was given without asking the mail host, for a reason of our own: always unknown, and the evidence says
// plainly that the limit or the failure is ours.
import { parseAddress } from './address';
import type { EngineAnswer } from './answer';
import { LAYER_NAMES, type LayerReport } from './layer';
import type { Flags, UnknownReason } from './verdict';

export interface UnaskedAnswer {
  email: string;
  reason: UnknownReason;
  /** The sentence for people. */
  text: string;
  /** Names the cause, for programs. */
  rule: string;
  /** Epoch milliseconds. */
  now: number;
  /** Layers that did speak before. */
  layers: readonly LayerReport[];
}

export function unaskedAnswer({ email, reason, text, rule, now, layers }: UnaskedAnswer): EngineAnswer {
  const parsed = parseAddress(email);
  return {
    email,
    verdict: { status: 'unknown', reason, score: null, flags: NO_FLAGS_KNOWN },
    didYouMean: null,
    normalized: parsed.ok ? parsed.address.normalized : null,
    canonical: parsed.ok ? parsed.address.canonical : null,
    mx: { host: null, provider: null, gateway: false },
    layers: LAYER_NAMES.map((name) => {
      const spoken = layers.find((layer) => layer.name === name);
      if (name === 'smtp') return { name, status: 'unknown', summary: text, duration_ms: spoken?.duration_ms ?? 0, details: {} };
      return spoken ?? { name, status: 'skipped', summary: 'Not asked.', duration_ms: 0, details: {} };
    }),
    evidence: [
      {
        at: new Date(now).toISOString(),
        layer: 'smtp',
        host: null,
        address: null,
        provider: null,
        identity: null,
        stage: 'connect',
        code: null,
        enhanced: null,
        text,
        meaning: null,
        rule,
        duration_ms: 0,
      },
    ],
    durationMs: 0,
    askAgain: null,
  };
}

/** Every flag, none of them known. */
export const NO_FLAGS_KNOWN: Flags = {
  accept_all: null,
  disposable: null,
  relay: null,
  role: null,
  free: null,
  no_reply: null,
  tagged: null,
  mailbox_full: null,
  mailbox_disabled: null,
  idn: null,
  security_gateway: null,
};
