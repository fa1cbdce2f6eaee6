import { Card } from '@/components/ui/card';
import { VerdictBar } from '@/components/lists/verdict-bar';
import { EvidenceTimeline } from '@/components/verification/evidence-timeline';
import { fakeLayers, fakeVerification } from '@/components/verification/fake-verification';
import { LayerTimeline } from '@/components/verification/layer-timeline';
import { VerdictBadge } from '@/components/verification/verdict-badge';
import { VerdictHero } from '@/components/verification/verdict-hero';
import { type Evidence, LAYER_STATUSES } from '@/lib/verdict/evidence';
import { type Reason, type Recommendation, statusOf, STATUSES } from '@/lib/verdict/verdict';
import { Shelf, Specimen } from './shelf';

const said = (code: number, text: string, more: Partial<Evidence> = {}): Evidence => ({
  at: '2026-11-23T12:00:01.000Z',
  layer: 'smtp',
  host: 'mx.example.com',
  address: '203.0.113.7',
  provider: null,
  identity: 'mx1.example.org',
  stage: 'rcpt',
  code,
  enhanced: null,
  text,
  meaning: null,
  rule: null,
  duration_ms: 12,
  remembered: false,
  ...more,
});

const EVIDENCE = [
  said(0, 'MX example.com: 10 mx.example.com', { layer: 'mx', stage: 'dns', host: null, address: null, code: null }),
  said(220, 'mx.example.com ESMTP', { stage: 'connect' }),
  said(550, 'No such user here', { enhanced: '5.1.1', meaning: 'mailbox_not_found', rule: 'mailbox.not_found' }),
];

const VERDICTS: readonly { reason: Reason; score: number | null; recommendation: Recommendation }[] = [
  { reason: 'mailbox_exists', score: 96, recommendation: 'send' },
  { reason: 'catch_all', score: 60, recommendation: 'review' },
  { reason: 'probe_blocked', score: null, recommendation: 'retry' },
  { reason: 'mailbox_not_found', score: 2, recommendation: 'do_not_send' },
];

export const Verdicts = () => (
  <Shelf id="verdicts" title="Verdicts">
    {VERDICTS.map(({ reason, score, recommendation }) => (
      <div key={reason} className="overflow-hidden rounded-card border border-hairline bg-card">
        <VerdictHero
          verdict={fakeVerification({
            status: statusOf(reason),
            reason,
            score,
            recommendation,
            grade: reason === 'catch_all' ? 'likely' : null,
            evidence: reason === 'mailbox_not_found' ? EVIDENCE : [],
          })}
          policy="newsletter"
          deciding={reason === 'catch_all' ? 'catch_all' : 'smtp'}
        />
      </div>
    ))}
    <div className="overflow-hidden rounded-card border border-hairline bg-card">
      <VerdictHero verdict={fakeVerification()} policy="newsletter" deciding={null} note="The layers are answering." />
    </div>
    <Specimen name="Badges and the bar of a list">
      {STATUSES.map((status) => (
        <VerdictBadge key={status} status={status} />
      ))}
      {STATUSES.map((status) => (
        <VerdictBadge key={status} status={status} size="md" />
      ))}
      <VerdictBar counts={{ deliverable: 70, risky: 10, unknown: 5, undeliverable: 15 }} total={120} className="w-48" />
    </Specimen>
    <div className="grid gap-4 lg:grid-cols-2">
      <Card title="Layers: each state, then one that is asked and one that waits">
        <LayerTimeline
          layers={fakeLayers(LAYER_STATUSES.length).map((layer, at) => ({
            ...layer,
            status: LAYER_STATUSES[at] ?? layer.status,
          }))}
          isAsking
          deciding="domain"
        />
      </Card>
      <Card title="Evidence, folded by conversation">
        <EvidenceTimeline evidence={EVIDENCE} askedAt={null} deciding="smtp" />
      </Card>
    </div>
  </Shelf>
);
