// The client: one call of the API is one method. What it sends and what it gives back are named as the API names them.
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
  /** How long the API may work before it answers with a pending verification. */
  timeout_ms?: number;
  /** The oldest answer from memory that will do; 0 asks the mail host again. */
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
  /** Either this or `verification_id`. */
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

  /** The API key, or options; without either, the key comes from `EMAIL_VERIFIER_API_KEY`. */
  constructor(options: string | ClientOptions = {}) {
    this.transport = new Transport(typeof options === 'string' ? { apiKey: options } : options);
    this.verifications = new Verifications(this.transport);
    this.lists = new Lists(this.transport);
    this.credits = new CreditsResource(this.transport);
    this.feedback = new FeedbackResource(this.transport);
    this.webhooks = new Webhooks(this.transport);
    this.keys = new Keys(this.transport);
  }

  /** Verifies one address. `pending`: the work goes on; `verifications.wait` gives the verdict. */
  verify(email: string, settings: VerifySingleSettings = {}, options?: RequestOptions): Promise<Verification> {
    return this.transport.json({
      method: 'POST',
      path: '/v1/verify/single',
      json: { email, ...settings },
      spends: true,
      options,
    });
  }

  /** Verifies up to 1,000 addresses as a list, at once. */
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

  /** What is known of a domain. */
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

  /** With an address: every answer about it, from single checks and lists. */
  list(filter: { email?: string; limit?: number } = {}, options?: RequestOptions): Pages<ListedVerification> {
    return new Pages(this.transport, { method: 'GET', path: '/v1/verifications', query: { ...filter }, options });
  }

  /** Until its verdict is final; at most two minutes, or as long as you say. Greylisting takes longer. */
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

  /** What became of mail to an address that was checked. Reporting the same again changes nothing. */
  report(outcome: Outcome, options?: RequestOptions): Promise<Feedback> {
    return this.transport.json({ method: 'POST', path: '/v1/feedback', json: outcome, spends: true, options });
  }

  /** Each in its place; one that could not be taken has `error`. */
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
