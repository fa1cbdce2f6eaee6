// The engine's real answer about a sandbox address, labeled as such on the landing page. The greeting and sender lines are unchanged; the
// list evidence, which found nothing, is left out.
import type { Evidence, LayerReport } from '@/lib/verdict/evidence';

export const SAMPLE_EMAIL = 'carol@deliverable.sandbox.test';

const layer = (name: LayerReport['name'], status: LayerReport['status'], summary: string, durationMs: number): LayerReport => ({
  name,
  status,
  summary,
  duration_ms: durationMs,
  details: {},
});

export const SAMPLE_LAYERS: readonly LayerReport[] = [
  layer('syntax', 'passed', 'The address is well formed.', 0),
  layer('domain', 'passed', 'The domain exists.', 1),
  layer('mx', 'passed', 'One mail host takes the domain’s mail.', 1),
  layer('disposable', 'passed', 'The domain is not a known disposable mail service.', 0),
  layer('role', 'passed', 'The name looks personal.', 0),
  layer('smtp', 'failed', 'The server says this mailbox does not exist (550 5.1.1).', 9),
  layer('catch_all', 'passed', 'The server refuses a made-up name, so acceptance means something.', 0),
];

const DNS: Evidence = {
  at: '2026-11-23T23:48:33.872Z',
  layer: 'mx',
  host: null,
  address: null,
  provider: null,
  identity: null,
  stage: 'dns',
  code: null,
  enhanced: null,
  text: 'MX deliverable.sandbox.test: 10 mx.deliverable.sandbox.test',
  meaning: null,
  rule: null,
  duration_ms: 1,
  remembered: false,
};
const SMTP: Evidence = { ...DNS, layer: 'smtp', host: 'mx.deliverable.sandbox.test', address: '198.18.0.1' };
const UNKNOWN_USER: Partial<Evidence> = {
  stage: 'rcpt',
  code: 550,
  enhanced: '5.1.1',
  text: '<[address]>: Recipient address rejected: User unknown in virtual mailbox table',
  meaning: 'mailbox_not_found',
  rule: 'read.recipient.unknown',
};

export const SAMPLE_EVIDENCE: readonly Evidence[] = [
  DNS,
  { ...SMTP, stage: 'connect', code: 220, text: 'mx.deliverable.sandbox.test ESMTP Postfix (Debian/GNU)', meaning: 'accepted' },
  { ...SMTP, stage: 'mail', code: 250, enhanced: '2.1.0', text: 'Ok', meaning: 'accepted' },
  { ...SMTP, ...UNKNOWN_USER },
  { ...SMTP, ...UNKNOWN_USER, layer: 'catch_all' },
];
