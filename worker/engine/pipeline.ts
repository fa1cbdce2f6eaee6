// One address through the seven layers, in their one order, to one answer. Promises never to throw and always to report all
// seven: a layer that was not reached is `skipped`. Syntax, domain and mx may end the work early; the two layers that need no
// network still run then (unless there is no address to look at), so that their flags are known. A layer that breaks down
// makes `unknown: internal_error` out of whatever the others cannot settle.
import { trimAddress } from '@/lib/domain/address';
import type { AskAgain, EngineAnswer } from '@/lib/domain/answer';
import type { LayerName, LayerReport } from '@/lib/domain/layer';
import { EVIDENCE_MAX_ITEMS } from '@/lib/domain/limits';
import type { Verdict } from '@/lib/domain/verdict';
import { decide } from './decide';
import type { Findings, Layer, Subject } from './findings';
import { catchAllLayer } from './layers/catch-all';
import { disposableLayer } from './layers/disposable';
import { domainLayer } from './layers/domain';
import { mxLayer } from './layers/mx';
import { roleLayer } from './layers/role';
import { smtpLayer } from './layers/smtp';
import { syntaxLayer } from './layers/syntax';
import type { EnginePorts } from './ports';

export interface VerifyOptions {
  /** Only what needs no network: syntax, disposable, role. */
  offline?: boolean;
  /** Called for each of the seven layers in order, as it lands. */
  onLayer?: (report: LayerReport) => void;
  /** A bug in a layer or in a callback. */
  onError?: (error: unknown, layer: LayerName) => void;
}

interface Step {
  name: LayerName;
  network: boolean;
  /** Runs the layer and keeps its finding in `findings`. */
  run(subject: Subject, findings: Findings, ports: EnginePorts): Promise<LayerReport>;
}

function step<L extends LayerName>(name: L, layer: Layer<L>, network: boolean): Step {
  return {
    name,
    network,
    async run(subject, findings, ports) {
      const startedAt = ports.clock.now();
      const finding = await layer(subject, findings, ports);
      const report = { ...finding.report, duration_ms: Math.max(0, Math.round(ports.clock.now() - startedAt)) };
      Object.assign(findings, { [name]: { ...finding, report } });
      return report;
    },
  };
}

const PIPELINE: readonly Step[] = [
  step('syntax', syntaxLayer, false),
  step('domain', domainLayer, true),
  step('mx', mxLayer, true),
  step('disposable', disposableLayer, false),
  step('role', roleLayer, false),
  step('smtp', smtpLayer, true),
  step('catch_all', catchAllLayer, true),
];

/** How far the work on one address has come. */
interface Run {
  findings: Findings;
  layers: LayerReport[];
  crashed: LayerName | null;
}

export async function verifyAddress(subject: Subject, ports: EnginePorts, options: VerifyOptions = {}): Promise<EngineAnswer> {
  const startedAt = ports.clock.now();
  const run: Run = { findings: {}, layers: [], crashed: null };
  for (const next of PIPELINE) {
    const report = whySkipped(next, run, options.offline === true) ?? (await runStep(next, { subject, run, ports, options }));
    run.layers.push(report);
    try {
      options.onLayer?.(report);
    } catch (error) {
      options.onError?.(error, next.name);
    }
  }
  const verdict = decide({ findings: run.findings, crashed: run.crashed !== null });
  return makeAnswer({ subject, run, verdict, durationMs: Math.max(0, Math.round(ports.clock.now() - startedAt)) });
}

async function runStep(
  next: Step,
  context: { subject: Subject; run: Run; ports: EnginePorts; options: VerifyOptions },
): Promise<LayerReport> {
  const { subject, run, ports, options } = context;
  try {
    return await next.run(subject, run.findings, ports);
  } catch (error) {
    run.crashed ??= next.name;
    options.onError?.(error, next.name);
    const summary = 'This step failed because of an error on our side.';
    return { name: next.name, status: 'unknown', summary, duration_ms: 0, details: {} };
  }
}

/** The report of a layer that is not run, or null where it is to be run. */
function whySkipped(next: Step, run: Run, offline: boolean): LayerReport | null {
  const why = next.name === 'syntax' ? null : whyNot(next, run, offline);
  return why === null ? null : { name: next.name, status: 'skipped', summary: `Not asked: ${why}`, duration_ms: 0, details: {} };
}

function whyNot(next: Step, { findings, crashed }: Run, offline: boolean): string | null {
  const { syntax, domain, mx } = findings;
  if (syntax?.endsWith !== null) return 'there is no valid address to ask about.';
  if (!next.network) return null;
  if (offline) return 'this check was made without network.';
  if (domain?.endsWith) return lowerFirst(domain.report.summary);
  if (mx?.endsWith) return lowerFirst(mx.report.summary);
  const needed = crashed === 'domain' || crashed === 'mx' || (crashed === 'smtp' && next.name === 'catch_all');
  return needed ? 'an earlier step failed.' : null;
}

const lowerFirst = (sentence: string): string => sentence.charAt(0).toLowerCase() + sentence.slice(1);

function makeAnswer(made: { subject: Subject; run: Run; verdict: Verdict; durationMs: number }): EngineAnswer {
  const { subject, run, verdict, durationMs } = made;
  const { syntax, domain, mx, disposable, role, smtp, catch_all } = run.findings;
  const provider = smtp?.facts.provider ?? mx?.facts.provider ?? null;
  const found = [syntax, domain, mx, disposable, role, smtp, catch_all];
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
    layers: run.layers,
    evidence: found.flatMap((finding) => finding?.evidence ?? []).slice(-EVIDENCE_MAX_ITEMS),
    durationMs,
    askAgain: askAgainOf(run.findings, verdict),
  };
}

function askAgainOf({ smtp }: Findings, verdict: Verdict): AskAgain | null {
  if (verdict.reason !== 'greylisted' || !smtp?.facts.triplet) return null;
  const { mailbox, triplet } = smtp.facts;
  return { afterS: mailbox.kind === 'reply' ? mailbox.retryAfterS : null, triplet };
}
