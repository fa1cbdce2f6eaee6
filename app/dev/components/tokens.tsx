import { STATUSES } from '@/lib/verdict/verdict';
import { STATUS_LABEL } from '@/components/verification/reason-sentence';
import { Shelf, Specimen } from './shelf';

const SURFACES = [
  ['canvas', 'bg-canvas'],
  ['band', 'bg-band'],
  ['card', 'bg-card'],
  ['float', 'bg-float'],
  ['raised', 'bg-raised'],
  ['sunken', 'bg-sunken'],
  ['hover', 'bg-hover'],
] as const;

const TYPE = [
  ['banner 48/52', 'text-banner font-semibold'],
  ['hero 40/44', 'text-hero font-semibold'],
  ['display 32/38', 'text-display font-semibold'],
  ['page 24/32', 'text-page font-semibold'],
  ['section 20/28', 'text-section font-semibold'],
  ['intro 18/28', 'text-intro'],
  ['lead 16/24', 'text-lead'],
  ['body 14/20', 'text-body'],
  ['table 13/20', 'text-table'],
  ['meta 12/16', 'text-meta'],
] as const;

const TINTS = {
  deliverable: 'bg-deliverable-tint text-deliverable',
  risky: 'bg-risky-tint text-risky',
  unknown: 'bg-unknown-tint text-unknown',
  undeliverable: 'bg-undeliverable-tint text-undeliverable',
  pending: 'bg-pending-tint text-pending',
} as const;

export const Tokens = () => (
  <Shelf id="tokens" title="Color and type">
    <Specimen name="Surfaces, each with the three tones of text">
      {SURFACES.map(([name, ground]) => (
        <div key={name} className={`w-36 rounded-card border border-hairline p-3 text-table ${ground}`}>
          <p className="font-medium">{name}</p>
          <p className="text-muted">muted</p>
          <p className="text-subtle">subtle</p>
        </div>
      ))}
    </Specimen>
    <Specimen name="Verdicts, text on tint">
      {STATUSES.map((status) => (
        <p key={status} className={`rounded-card px-3 py-2 text-table font-medium ${TINTS[status]}`}>
          {STATUS_LABEL[status]}
        </p>
      ))}
    </Specimen>
    <Specimen name="Type">
      <div className="flex flex-col gap-2">
        {TYPE.map(([name, classes]) => (
          <p key={name} className={`tracking-tight ${classes}`}>
            {name}
          </p>
        ))}
        <p className="font-mono text-table">mono 550 5.1.1 no such user</p>
      </div>
    </Specimen>
  </Shelf>
);
