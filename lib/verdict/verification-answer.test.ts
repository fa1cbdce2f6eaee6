import { describe, expect, it } from 'vitest';
import { NO_FLAGS_KNOWN } from './answer';
import { LAYER_NAMES, type LayerName, type LayerStatus } from './evidence';
import { type Reason, REASONS, statusOf } from './verdict';
import { toVerificationAnswer, type VerificationView } from './verification';
import { verificationAnswerSchema } from './verification-schema';

const view = (reason: Reason, layers: Partial<Record<LayerName, LayerStatus>>, test = false): VerificationView => ({
  id: 'ver_1',
  source: 'api',
  input: ' a@example.com',
  email: 'a@example.com',
  status: statusOf(reason),
  reason,
  score: null,
  grade: null,
  gradeBasis: [],
  recommendation: 'review',
  flags: NO_FLAGS_KNOWN,
  didYouMean: null,
  normalized: null,
  canonical: null,
  mx: { host: null, provider: null, gateway: false },
  layers: LAYER_NAMES.map((name) => ({ name, status: layers[name] ?? 'skipped', summary: '', duration_ms: 0, details: {} })),
  evidence: [],
  policy: 'newsletter',
  metadata: null,
  test,
  cached: false,
  creditsCharged: 0,
  durationMs: null,
  attempt: 0,
  retryAt: null,
  createdAt: '2026-11-23T10:00:00.000Z',
  checkedAt: '2026-11-23T10:00:00.000Z',
});
const answerOf = (reason: Reason, layers: Partial<Record<LayerName, LayerStatus>> = {}, test = false) =>
  toVerificationAnswer(view(reason, layers, test), statusOf(reason));
const REACHED = { syntax: 'passed', domain: 'passed', mx: 'passed' } as const;

describe('the fields of the first generation', () => {
  it('call a disposable mailbox valid only when it was proved: accepted where a made-up name was refused', () => {
    expect(answerOf('disposable', { ...REACHED, smtp: 'passed', catch_all: 'passed' }).valid).toBe(true);
    for (const unproved of [
      { smtp: 'passed', catch_all: 'unknown' },
      { smtp: 'passed', catch_all: 'warning' },
      { smtp: 'unknown', catch_all: 'passed' },
      {},
    ] as const) {
      expect(answerOf('disposable', { ...REACHED, ...unproved }).valid).toBe(false);
    }
  });

  it('never call an unknown or undeliverable address valid, whatever the layers', () => {
    const all = { ...REACHED, smtp: 'passed', catch_all: 'passed' } as const;
    for (const reason of REASONS.filter((word) => statusOf(word) === 'unknown' || statusOf(word) === 'undeliverable')) {
      expect(answerOf(reason, all)).toMatchObject({ valid: false, deliverable: false });
    }
  });

  it('say what the layers saw, and null where they saw nothing', () => {
    expect(answerOf('probe_blocked', { ...REACHED, smtp: 'unknown' }).details).toEqual({
      syntax_valid: true,
      domain_exists: true,
      mx_record: true,
      smtp_valid: null,
    });
    expect(answerOf('no_mx', { ...REACHED, mx: 'failed' }).details).toEqual({
      syntax_valid: true,
      domain_exists: true,
      mx_record: false,
      smtp_valid: null,
    });
    expect(answerOf('dns_temporary_error', { syntax: 'passed', domain: 'unknown' }).details).toMatchObject({
      domain_exists: null,
      mx_record: null,
    });
    expect(answerOf('mailbox_full', { ...REACHED, smtp: 'warning' }).details.smtp_valid).toBe(true);
    expect(answerOf('mailbox_not_found', { ...REACHED, smtp: 'failed' }).details.smtp_valid).toBe(false);
  });

  it.each([
    ['syntax_invalid', [false, null, null, null]],
    ['domain_not_found', [true, false, null, null]],
    ['null_mx', [true, true, false, null]],
    ['mailbox_disabled', [true, true, true, false]],
    ['mailbox_exists', [true, true, true, true]],
    ['catch_all', [true, true, true, null]],
    ['timeout', [true, true, true, null]],
  ] as const)('follow the named reason behind a test key: %s', (reason, [syntax, domain, mx, smtp]) => {
    expect(answerOf(reason, {}, true).details).toEqual({
      syntax_valid: syntax,
      domain_exists: domain,
      mx_record: mx,
      smtp_valid: smtp,
    });
  });

  it.each(REASONS)('keep the shape that clients rely on: %s', (reason) => {
    expect(verificationAnswerSchema.safeParse(answerOf(reason)).success).toBe(true);
  });
});
