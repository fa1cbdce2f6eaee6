// Takes one address through the seven layers, in a fixed order, to one answer. Guarantees: it never throws and always reports all seven
// layers; a layer that was not reached is `skipped`. Syntax, domain and mx may end the work early; the two layers that need no network
// still run then, so that their flags are known (unless there is no address to look at). If a layer crashes, the answer is
// `unknown: internal_error`, unless the other layers settle it.
import { EVIDENCE_MAX_ITEMS } from '@/lib/platform/limits';
import { trimAddress } from '@/lib/verdict/address';
import type { AskAgain, EngineAnswer } from '@/lib/verdict/answer';
import { type Evidence, LAYER_NAMES, type LayerName, type LayerReport } from '@/lib/verdict/evidence';
import { isRetried } from '@/lib/verdict/retry-schedule';
import { REASONS_BY_STATUS, type Verdict } from '@/lib/verdict/verdict';
import { decide } from './decide';
import { shared, type Beginning, beginningAt, findingSeenFrom, seenFrom } from './remembered';
import { noFindings, timedFinding, wholeMs, type Finding, type Findings, type Layer, type Subject } from './findings';
import { catchAllLayer } from './layers/catch-all';
import { disposableLayer } from './layers/disposable';
import { domainLayer } from './layers/domain';
import { mxLayer } from './layers/mx';
import { roleLayer } from './layers/role';
import { smtpLayer } from './layers/smtp';
import { syntaxLayer } from './layers/syntax';
import type { CatchAllOutcome, EnginePorts, HeldBack, MailboxOutcome } from './ports';
import { explainScore } from './score';

export interface VerifyOptions {
  /** Runs only what needs no network: syntax, disposable, role. */
  offline?: boolean;
  /** Called for each of the seven layers in order, as it lands. */
  onLayer?: (report: LayerReport) => void;
  /** A bug in a layer or in a callback. */
  onError?: (error: unknown, layer: LayerName) => void;
}

interface Step {
  name: LayerName;
  network: boolean;
  /** Only a layer that has to wait returns a promise. */
  run: Layer<LayerName>;
}

/** Binds a layer to its name, under which its finding is kept. */
const step = <L extends LayerName>(name: L, run: Layer<L>, network: boolean): Step => ({ name, network, run });

function keep({ findings, beginning }: Work, finding: Finding, ms: number): LayerReport {
  const seen = findingSeenFrom(beginning, finding, findings);
  // Nobody was asked for what is remembered, however long it took to look it up.
  const timed = seen === finding ? timedFinding(finding, ms) : seen;
  const kept: Partial<Record<LayerName, Finding | undefined>> = findings;
  kept[timed.report.name] = timed;
  return timed.report;
}

const PIPELINE: readonly Step[] = [
  step('syntax', syntaxLayer, false),
  step('domain', shared('domain', domainLayer), true),
  step('mx', shared('mx', mxLayer), true),
  step('disposable', disposableLayer, false),
  step('role', roleLayer, false),
  step('smtp', smtpLayer, true),
  step('catch_all', catchAllLayer, true),
];

/** The work on one address, and how far it has come. */
interface Work {
  subject: Subject;
  ports: EnginePorts;
  options: VerifyOptions;
  beginning: Beginning;
  findings: Findings;
  layers: LayerReport[];
  crashed: LayerName | null;
}

export async function verifyAddress(subject: Subject, ports: EnginePorts, options: VerifyOptions = {}): Promise<EngineAnswer> {
  const startedAt = ports.clock.now();
  const beginning = beginningAt(startedAt);
  const work: Work = { subject, ports, options, beginning, findings: noFindings(), layers: [], crashed: null };
  // Layers that wait for nothing take too little time to be worth reading the clock.
  let since = startedAt;
  for (let waited = goOn(work); waited !== null; waited = goOn(work)) {
    let report: LayerReport;
    try {
      const finding = await waited.finding;
      const now = ports.clock.now();
      report = keep(work, finding, now - since);
      since = now;
    } catch (error) {
      const now = ports.clock.now();
      report = broken(waited.step, work, { error, ms: now - since });
      since = now;
    }
    land(work, report);
  }
  const verdict = decide({ findings: work.findings, crashed: work.crashed !== null });
  return makeAnswer(work, verdict, wholeMs(since - startedAt));
}

interface Waited {
  step: Step;
  finding: Promise<Finding>;
}

/** Runs layers until one has to be waited for, since each wait costs a turn of the event loop. Null when all layers have landed. */
function goOn(work: Work): Waited | null {
  const { subject, ports, findings, layers } = work;
  for (let step = PIPELINE[layers.length]; step !== undefined; step = PIPELINE[layers.length]) {
    let report = whySkipped(step, work);
    try {
      if (report === null) {
        const finding = step.run(subject, findings, ports);
        if (finding instanceof Promise) return { step, finding };
        report = keep(work, finding, 0);
      }
    } catch (error) {
      report = broken(step, work, { error, ms: 0 });
    }
    land(work, report);
  }
  return null;
}

function land({ layers, options }: Work, report: LayerReport): void {
  layers.push(report);
  try {
    options.onLayer?.(report);
  } catch (error) {
    options.onError?.(error, report.name);
  }
}

function broken({ name }: Step, work: Work, { error, ms }: { error: unknown; ms: number }): LayerReport {
  work.crashed ??= name;
  work.options.onError?.(error, name);
  const summary = 'This step failed because of an error on our side.';
  return { name, status: 'unknown', summary, duration_ms: wholeMs(ms), details: {} };
}

/** The report of a layer that is skipped, or null if it should run. */
function whySkipped(next: Step, work: Work): LayerReport | null {
  const why = next.name === 'syntax' ? null : whyNot(next, work);
  return why === null
    ? null
    : { name: next.name, status: 'skipped', summary: `Not asked: ${why}`, duration_ms: 0, details: NO_DETAILS };
}

const NO_DETAILS: LayerReport['details'] = Object.freeze({});

const EARLIER_FAILURE = 'an earlier step failed.';

function whyNot(next: Step, { findings, crashed, options }: Work): string | null {
  const { syntax, domain, mx } = findings;
  if (syntax === undefined) return EARLIER_FAILURE;
  if (syntax.endsWith !== null) return 'there is no valid address to ask about.';
  if (!next.network) return null;
  if (options.offline === true) return 'this check was made without network.';
  if (domain?.endsWith) return lowerFirst(domain.report.summary);
  if (mx?.endsWith) return lowerFirst(mx.report.summary);
  return crashed === 'domain' || crashed === 'mx' || crashed === 'smtp' ? EARLIER_FAILURE : null;
}

const lowerFirst = (sentence: string): string => sentence.charAt(0).toLowerCase() + sentence.slice(1);

function makeAnswer({ subject, ports, findings, layers, beginning }: Work, verdict: Verdict, durationMs: number): EngineAnswer {
  const { syntax, mx, smtp } = findings;
  const provider = smtp?.facts.provider ?? mx?.facts.provider ?? null;
  return {
    email: trimAddress(subject.email),
    verdict,
    didYouMean: syntax?.facts.didYouMean ?? null,
    normalized: syntax?.facts.normalized ?? null,
    canonical: syntax?.facts.canonical ?? null,
    mx: {
      host: smtp?.facts.mailbox.host ?? mx?.facts.hosts[0]?.name ?? null,
      provider: provider?.id ?? null,
      gateway: provider?.class === 'gateway',
    },
    layers: withScoreBasis(layers, verdict, findings),
    evidence: evidenceOf(findings, beginning),
    durationMs,
    askAgain: askAgainOf({ subject, ports, findings }, verdict),
  };
}

/** Adds the weights behind the score to the last layer that was not skipped. */
function withScoreBasis(layers: LayerReport[], { reason }: Verdict, findings: Findings): LayerReport[] {
  const weights = reason === null ? [] : explainScore(reason, findings);
  const at = layers.findLastIndex(({ status }) => status !== 'skipped');
  const last = layers[at];
  if (weights.length > 0 && last !== undefined) layers[at] = withBasis(last, weights);
  return layers;
}

type Weights = ReturnType<typeof explainScore>;
const withBases = new WeakMap<LayerReport, Map<Weights, LayerReport>>();

/** The addresses of a domain share their catch-all report, and there are few sets of weights. */
function withBasis(report: LayerReport, weights: Weights): LayerReport {
  const { name, status, summary, duration_ms, details } = report;
  const isShared = name === 'catch_all';
  const kept = isShared ? withBases.get(report)?.get(weights) : undefined;
  if (kept !== undefined) return kept;
  const made = { name, status, summary, duration_ms, details: { ...details, score_basis: weights } };
  if (isShared) withBases.set(report, (withBases.get(report) ?? new Map<Weights, LayerReport>()).set(weights, made));
  return made;
}

/** Keeps the last exchanges, because they are the ones that decide. */
function evidenceOf(findings: Findings, beginning: Beginning): readonly Evidence[] {
  const all: Evidence[] = [];
  for (const name of LAYER_NAMES) {
    const found = findings[name];
    for (const item of found?.evidence ?? []) all.push(seenFrom(beginning, item));
  }
  return all.length > EVIDENCE_MAX_ITEMS ? all.slice(-EVIDENCE_MAX_ITEMS) : all;
}

/** Why to ask again, after how long, and the triplet to repeat; null if waiting cannot help. */
function askAgainOf(
  { subject, ports, findings }: Pick<Work, 'subject' | 'ports' | 'findings'>,
  verdict: Verdict,
): AskAgain | null {
  const reason = REASONS_BY_STATUS.unknown.find((word) => word === verdict.reason);
  if (reason === undefined || !isRetried(reason)) return null;
  const { mailbox = null, catchAll = null } = findings.smtp?.facts ?? {};
  const afterS = mailbox?.kind === 'reply' ? mailbox.retryAfterS : null;
  // A host that knows our triplet from an earlier attempt still knows it, whatever kept it from answering this one.
  const triplet = findings.smtp?.facts.triplet ?? subject.triplet;
  if (reason === 'greylisted') return triplet === null ? null : { reason, afterS, triplet };
  if (mailbox !== null && isAcceptance(mailbox) && isSpent(catchAll)) return null;
  switch (reason) {
    case 'probe_blocked':
      return hasUnaskedIdentity(findings, ports) ? { reason, afterS: null, triplet: null } : null;
    case 'timeout': {
      const heldBack = mailbox?.kind === 'failure' ? mailbox.heldBack : heldBackProbe(catchAll);
      return { reason, afterS: heldBackForS(heldBack, ports.clock.now()), triplet, isHeldBack: heldBack !== undefined };
    }
    default:
      return { reason, afterS, triplet };
  }
}

/** Only another probe could tell more about an accepted mailbox, and the domain's probes for today are used up. */
const isSpent = (outcome: CatchAllOutcome | null): boolean => outcome?.kind === 'undecided' && outcome.isSpent === true;
const isAcceptance = (mailbox: MailboxOutcome): boolean => mailbox.kind === 'reply' && mailbox.meaning === 'accepted';

const heldBackProbe = (outcome: CatchAllOutcome | null): HeldBack | undefined =>
  outcome?.kind === 'undecided' ? outcome.heldBack : undefined;

function heldBackForS(heldBack: HeldBack | undefined, now: number): number | null {
  const until = heldBack?.until ?? null;
  return until === null ? null : Math.max(0, Math.ceil((until - now) / 1_000));
}

/** An identity that was refused stays refused. One that was resting, or that we had no time for, may still be heard. */
function hasUnaskedIdentity({ smtp }: Findings, { identities = [] }: EnginePorts): boolean {
  const asked = new Set(smtp?.evidence.map(({ identity }) => identity));
  return identities.some((identity) => !asked.has(identity));
}
