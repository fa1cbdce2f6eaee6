// Withholds "undeliverable" where a host, or a provider, refuses everybody. A suspicion is put to the proof by asking a witness again;
// until that is answered the refusals are held. Promises that an honest host's refusals come through as they are, and that those of
// one that blocks us come out as a refusal of us, until it accepts somebody again or the time is over. Holds nobody beyond a hearing.
import type { Clock } from '@/worker/engine/ports';
import { anonymous } from '../evidence';
import type { Exchange } from '../exchange';
import { RefusalWatch } from './refusal-watch';
import type { RedactReply } from '../smtp-deps';
import { Witnesses, type HearWitness, type Refused, type Witness } from './witness';

/** While the breaker is open a witness is asked again this often, and it closes by itself after so long. */
export const REHEARD_EVERY_MS = 60_000;
export const OPEN_MAX_MS = 30 * 60_000;
const REFUSES_WITNESSES = 'refuses everybody, also mailboxes that it accepted before';
const REFUSES_EVERYBODY = 'refuses everybody, at domains that have nothing to do with each other';
/** One witness may really be gone meanwhile. */
const WITNESSES_A_HEARING = 2;

export type Ruling = 'believe' | 'hold' | 'withhold';
/** Told how the hearing ended: the refusal is believed, or the witnesses spoke against it. */
export type Resume = (isHonest: boolean) => void;

export interface BreakerTools {
  clock: Clock;
  redact: RedactReply;
  hear: HearWitness;
  /** Told when refusals begin to be withheld, for whoever looks after the identities. */
  onOpen: (refused: Refused, why: string) => void;
  /** Without a witness: how long refusals wait for somebody to be accepted. */
  aloneMs: number;
}

const isAccepted = ({ came, stage }: Exchange): boolean =>
  stage === 'rcpt' && came.kind === 'reply' && came.meaning === 'accepted';

/** Nobody else's evidence may name a witness. */
function testimonyOf(exchange: Exchange, asked: Parameters<typeof anonymous>[1]): Exchange {
  const { came, ...rest } = anonymous(exchange, asked);
  return { ...rest, came: came.kind === 'failure' ? came : { ...came, rule: 'witness' } };
}

export class RefusalBreaker {
  /** What the witnesses were told when the breaker opened; fit for anybody's evidence. */
  testimony: readonly Exchange[] = [];
  private state: 'closed' | 'hearing' | 'open' = 'closed';
  private readonly watch = new RefusalWatch();
  private readonly witnesses = new Witnesses();
  private held: Resume[] = [];
  private openedAt = 0;
  private heardAt = 0;
  private patience: NodeJS.Timeout | null = null;

  constructor(private readonly tools: BreakerTools) {}

  /** A mailbox was accepted, so not everybody is refused. */
  accept(): void {
    this.watch.accept();
    if (this.state !== 'closed') this.close();
  }

  refuse(domain: string): void {
    this.watch.refuse(domain);
  }

  /** What becomes of a refusal now. One that is to be held comes back to `hold` at once. */
  rule(refused: Refused): Ruling {
    const now = this.tools.clock.now();
    if (this.state === 'open' && now - this.openedAt >= OPEN_MAX_MS) this.startAnew();
    if (this.state === 'hearing') return 'hold';
    const witnesses = this.witnesses.listFresh(now);
    if (this.state === 'open') {
      if (witnesses.length === 0 || now - this.heardAt < REHEARD_EVERY_MS) return 'withhold';
    } else if (!this.watch.isSuspicious(witnesses.length > 0)) return 'believe';
    this.state = 'hearing';
    this.heardAt = now;
    if (witnesses.length > 0) void this.hear(witnesses.slice(0, WITNESSES_A_HEARING), refused);
    else this.waitForAcceptance(refused);
    return 'hold';
  }

  hold(resume: Resume): void {
    this.held.push(resume);
  }

  isWitnessWanted(): boolean {
    return this.witnesses.isWanted(this.tools.clock.now());
  }
  vouch(witness: Witness): void {
    this.witnesses.add(witness);
  }

  private async hear(witnesses: readonly Witness[], refused: Refused): Promise<void> {
    const gone: Witness[] = [];
    const testimony: Exchange[] = [];
    for (const witness of witnesses) {
      const exchange = await this.tools.hear(witness, refused);
      if (this.state !== 'hearing') return;
      if (isAccepted(exchange)) {
        this.witnesses.remove(gone);
        this.close();
        return;
      }
      gone.push(witness);
      testimony.push(testimonyOf(exchange, { ...witness, redact: this.tools.redact }));
    }
    this.open(testimony, refused);
  }

  private waitForAcceptance(refused: Refused): void {
    this.patience = setTimeout(() => {
      this.open([], refused);
    }, this.tools.aloneMs);
    this.patience.unref();
  }

  private open(testimony: readonly Exchange[], refused: Refused): void {
    if (this.openedAt === 0) {
      this.openedAt = this.tools.clock.now();
      this.tools.onOpen(refused, testimony.length > 0 ? REFUSES_WITNESSES : REFUSES_EVERYBODY);
    }
    this.testimony = testimony;
    this.state = 'open';
    this.release(false);
  }

  private close(): void {
    this.state = 'closed';
    this.openedAt = 0;
    this.watch.clear();
    this.release(true);
  }

  /** What did not convince for so long is forgotten, so that nobody is withheld for ever. */
  private startAnew(): void {
    this.state = 'closed';
    this.openedAt = 0;
    this.watch.forgetRun();
    this.witnesses.forgetAll();
  }

  private release(isHonest: boolean): void {
    if (this.patience !== null) clearTimeout(this.patience);
    this.patience = null;
    for (const resume of this.held.splice(0)) resume(isHonest);
  }
}
