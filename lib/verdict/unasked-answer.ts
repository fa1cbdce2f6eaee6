// The answer about an address that nobody was asked about: the address names its own answer (test keys), or the workspace does (blocklist).
import { parseAddress } from './address';
import type { EngineAnswer } from './answer';
import { LAYER_NAMES } from './evidence';

/** `summary` is what each of the skipped layers says. */
export function unaskedAnswer(email: string, verdict: EngineAnswer['verdict'], summary: string): EngineAnswer {
  const parsed = parseAddress(email);
  return {
    email,
    verdict,
    didYouMean: null,
    normalized: parsed.ok ? parsed.address.normalized : null,
    canonical: parsed.ok ? parsed.address.canonical : null,
    mx: { host: null, provider: null, gateway: false },
    layers: LAYER_NAMES.map((name) => ({ name, status: 'skipped', summary, duration_ms: 0, details: {} })),
    evidence: [],
    durationMs: 0,
    askAgain: null,
  };
}
