// The client: each API call is one method, with the API's own names for arguments and results.
import { Keys } from './keys.js';
import { Lists, type ListSettings, type Policy } from './lists.js';
import type {
  Credits,
  Domain,
  EmailList,
  Feedback,
  FinalVerification,
  LedgerLine,
  ListedVerification,
  ReasonInfo,
  Usage,
  Verification,
} from './models.js';
import { Pages } from './pages.js';
import { poll, type PollOptions } from './polling.js';
import { type ClientOptions, type RequestOptions, segment, Transport } from './transport.js';
import { Webhooks } from './webhooks.js';

export interface VerifySingleSettings {
  /** How long, in milliseconds, the API may take before it returns a pending verification. */
  timeout_ms?: number;
  /** Maximum age, in seconds, of an earlier answer to reuse; 0 asks the mail host again. */
  max_age_s?: number;
  policy?: Policy;
  metadata?: Record<string, unknown>;
}

export interface BatchItem {
  email: string;
  ref?: string;
  metadata?: Record<string, unknown>;
}

export interface Outcome {
  /** Give either this or `verification_id`. */
  email?: string;
  verification_id?: string;
  outcome: 'delivered' | 'hard_bounce' | 'soft_bounce' | 'complaint';
  smtp_code?: string | number;
}

const WAIT_MS = 120_000;

export class EmailVerifier {
  readonly verifications: Verifications;
  readonly lists: Lists;
  readonly credits: CreditsResource;
  readonly feedback: FeedbackResource;
  readonly webhooks: Webhooks;
  readonly keys: Keys;
  private readonly transport: Transport;

  /** Takes the API key or options; by default the key comes from `EMAIL_VERIFIER_API_KEY`. */
  constructor(options: string | ClientOptions = {}) {
    this.transport = new Transport(typeof options === 'string' ? { apiKey: options } : options);
    this.verifications = new Verifications(this.transport);
    this.lists = new Lists(this.transport);
    this.credits = new CreditsResource(this.transport);
    this.feedback = new FeedbackResource(this.transport);
    this.webhooks = new Webhooks(this.transport);
    this.keys = new Keys(this.transport);
  }

  /** Verifies one address. While the status is `pending`, the check is still running; `verifications.wait` returns the verdict. */
  verify(email: string, settings: VerifySingleSettings = {}, options?: RequestOptions): Promise<Verification> {
    return this.transport.json({
      method: 'POST',
      path: '/v1/verify/single',
      json: { email, ...settings },
      spends: true,
      options,
    });
  }

  /** Verifies up to 1,000 addresses as a list, which starts at once. */
  verifyBatch(
    emails: readonly (string | BatchItem)[],
    settings: ListSettings = {},
    options?: RequestOptions,
  ): Promise<EmailList> {
    return this.transport.json({
      method: 'POST',
      path: '/v1/verify/batch',
      json: { emails, ...settings },
      spends: true,
      options,
    });
  }

  usage(
    range: { from?: string; to?: string; group_by?: 'day' | 'key' | 'status' | 'reason' } = {},
    options?: RequestOptions,
  ): Promise<Usage> {
    return this.transport.json({ method: 'GET', path: '/v1/usage', query: { ...range }, options });
  }

  /** Looks up what is known about a domain. */
  domain(name: string, options?: RequestOptions): Promise<Domain> {
    return this.transport.json({ method: 'GET', path: `/v1/domains/${segment(name)}`, options });
  }

  /** Every reason with its status, and whether it costs a credit. */
  async reasons(options?: RequestOptions): Promise<ReasonInfo[]> {
    return (await this.transport.json<{ data: ReasonInfo[] }>({ method: 'GET', path: '/v1/reasons', options })).data;
  }

  /** The API's own description, OpenAPI 3.1. */
  openapi(options?: RequestOptions): Promise<Record<string, unknown>> {
    return this.transport.json({ method: 'GET', path: '/v1/openapi.json', options });
  }
}

export class Verifications {
  constructor(private readonly transport: Transport) {}

  get(id: string, options?: RequestOptions): Promise<Verification> {
    return this.transport.json({ method: 'GET', path: `/v1/verifications/${segment(id)}`, options });
  }

  /** With `email`, lists every answer about that address, from single checks and lists. */
  list(filter: { email?: string; limit?: number } = {}, options?: RequestOptions): Pages<ListedVerification> {
    return new Pages(this.transport, { method: 'GET', path: '/v1/verifications', query: { ...filter }, options });
  }

  /** Waits until the verdict is final, by default for two minutes. Greylisting takes longer. */
  async wait(id: string, limits: PollOptions = {}, options?: RequestOptions): Promise<FinalVerification> {
    const isFinal = (found: Verification): found is FinalVerification => found.status !== 'pending';
    return poll(() => this.get(id, options), isFinal, { timeoutMs: WAIT_MS, ...limits });
  }
}

export class CreditsResource {
  constructor(private readonly transport: Transport) {}

  get(options?: RequestOptions): Promise<Credits> {
    return this.transport.json({ method: 'GET', path: '/v1/credits', options });
  }

  ledger(
    filter: { kind?: 'grant' | 'capture' | 'expire' | 'refund' | 'hold' | 'release'; limit?: number } = {},
    options?: RequestOptions,
  ): Pages<LedgerLine> {
    return new Pages(this.transport, { method: 'GET', path: '/v1/credits/ledger', query: { ...filter }, options });
  }
}

export class FeedbackResource {
  constructor(private readonly transport: Transport) {}

  /** Reports what happened to mail sent to a checked address. Reporting the same outcome again changes nothing. */
  report(outcome: Outcome, options?: RequestOptions): Promise<Feedback> {
    return this.transport.json({ method: 'POST', path: '/v1/feedback', json: outcome, spends: true, options });
  }

  /** The answers are in the order of the outcomes; one that was not accepted has `error`. */
  async reportMany(outcomes: readonly Outcome[], options?: RequestOptions): Promise<Feedback[]> {
    return (
      await this.transport.json<{ data: Feedback[] }>({
        method: 'POST',
        path: '/v1/feedback',
        json: outcomes,
        spends: true,
        options,
      })
    ).data;
  }
}
