import { setTimeout as sleep } from 'node:timers/promises';
import type { Metadata } from 'next';
import { FreeVerifier } from '@/components/free-verifier/free-verifier';
import { ApiAnswer } from '@/components/marketing/api-answer';
import { CallToAction } from '@/components/marketing/call-to-action';
import { ChargesCompared } from '@/components/marketing/charges-compared';
import { Faq } from '@/components/marketing/faq';
import { HeroCheck } from '@/components/marketing/hero-check';
import { JsonLd } from '@/components/marketing/json-ld';
import { LayerPath } from '@/components/marketing/layer-path';
import { ListCleaned } from '@/components/marketing/list-cleaned';
import { MeasuredFigures } from '@/components/marketing/measured-figures';
import { Section } from '@/components/marketing/section';
import { SelfHosting } from '@/components/marketing/self-hosting';
import { TextLink } from '@/components/marketing/text-link';
import { UseCaseCards } from '@/components/marketing/use-case-cards';
import { WaysIn } from '@/components/marketing/ways-in';
import { PRODUCT_NAME } from '@/components/shell/logo';
import { ResolverNote } from '@/components/shell/resolver-banner';
import snippets from '@/content/docs/snippets.json';
import { CHECK_PROBLEMS, LANDING } from '@/content/landing';
import { LANDING_FAQ } from '@/content/landing-faq';
import { metadataOf } from '@/content/page';
import { faqData, productData } from '@/content/structured-data';
import { findResolverNotice } from '@/lib/operator/operator';
import { env } from '@/lib/platform/env';
import { searchParam, type SearchParams } from '@/lib/platform/http/body';
import { ADDRESS_INPUT_MAX_CHARS, FREE_CHECKS_A_DAY, FREE_PLAN_CREDITS_A_MONTH } from '@/lib/platform/limits';
import { sandboxDomain } from '@/lib/verdict/sandbox-catalog';
import { EXAMPLE_VERIFICATION } from '@/lib/verifications/operations';

export const metadata: Metadata = {
  ...metadataOf(LANDING),
  title: { absolute: `${PRODUCT_NAME}: ${LANDING.title}` },
};

const SAMPLES = [
  `alice@${sandboxDomain('deliverable')}`,
  `nobody@${sandboxDomain('deliverable')}`,
  `alice@${sandboxDomain('blocking')}`,
];

const { email, status, reason, score, recommendation, mx, evidence, credits_charged } = EXAMPLE_VERIFICATION;
const EXAMPLE_ANSWER = {
  ...{ email, status, reason, score, recommendation, mx },
  evidence: evidence.slice(0, 1).map(({ layer, host, stage, code, enhanced, text, meaning, duration_ms }) => {
    return { layer, host, stage, code, enhanced, text, meaning, duration_ms };
  }),
  credits_charged,
};
/** The first example of the documentation, with an address that does not give away its answer. */
const EXAMPLE_REQUEST = snippets['verify-one'].curl.trim().replace('mailbox-not-found@example.com', email).replace('-sS ', '');

export default async function LandingPage({ searchParams }: { searchParams: SearchParams }) {
  const initialEmail = ((await searchParam(searchParams, 'email')) ?? '').slice(0, ADDRESS_INPUT_MAX_CHARS);
  const problem = CHECK_PROBLEMS[(await searchParam(searchParams, 'problem')) ?? ''];
  return (
    <>
      <Hero initialEmail={initialEmail} problem={problem} isResolverWrong={await isResolverTold()} />
      <Section title="What makes it different" lead="Four claims, each with a link to the proof.">
        <MeasuredFigures />
      </Section>
      <Section
        raised
        title="Upload a list. Get it back clean."
        lead="Up to a million rows in one file. Watch the verdicts come in."
      >
        <ListCleaned />
      </Section>
      <Section title="One call from your code" lead="JSON your code can act on, with evidence a person can check.">
        <ApiAnswer request={EXAMPLE_REQUEST} answer={EXAMPLE_ANSWER} />
      </Section>
      <Section raised title="How it works" lead="Seven layers, one question each. We decide once all of them have answered.">
        <LayerPath />
        <div className="mt-10">
          <TextLink href="/learn/how-it-works">Follow an address through all seven</TextLink>
        </div>
      </Section>
      <Section
        title="You pay for answers"
        lead="Unknown answers and catch-all domains are free. Here is what others charge for, according to their own pages."
      >
        <ChargesCompared />
        <div className="mt-6 flex flex-wrap gap-x-8 gap-y-2">
          <TextLink href="/pricing">See prices</TextLink>
          <TextLink href="/compare">Compare everything else</TextLink>
        </div>
      </Section>
      <Section raised title="Where it pays for itself" lead="Four places where a bad address costs most.">
        <UseCaseCards />
      </Section>
      <Section title="Open source, and yours to run" lead="Use it hosted, or run all of it on your own machines.">
        <SelfHosting />
      </Section>
      <Section raised title="Questions">
        <Faq questions={LANDING_FAQ} />
      </Section>
      <div className="border-t border-hairline">
        <div className="mx-auto max-w-6xl px-4 py-16 sm:px-6 sm:py-24">
          <CallToAction title={`${FREE_PLAN_CREDITS_A_MONTH} credits a month, free`}>
            Lists, an API key, and the history and evidence of every check. No card needed.
          </CallToAction>
        </div>
      </div>
      <JsonLd data={faqData(LANDING_FAQ)} />
      <JsonLd data={productData(LANDING, env().APP_URL)} />
    </>
  );
}

interface HeroProps {
  initialEmail: string;
  problem: string | undefined;
  isResolverWrong: boolean;
}

function Hero({ initialEmail, problem, isResolverWrong }: HeroProps) {
  const samples = env().MAIL_SANDBOX === 'on' ? SAMPLES : [];
  return (
    <div className="mx-auto max-w-6xl px-4 pt-10 pb-12 sm:px-6 sm:pt-16 sm:pb-16">
      {/* Once there is an answer, it takes the whole width and the replay disappears. */}
      <section className="group/hero grid items-center gap-x-16 gap-y-10 lg:grid-cols-2 lg:has-[[data-phase]]:grid-cols-1">
        <div className="min-w-0">
          <h1 className="text-display font-semibold tracking-tight text-balance sm:text-hero lg:text-banner">{LANDING.title}</h1>
          <p className="mt-4 mb-8 max-w-xl text-lead text-muted sm:mt-5 sm:text-intro">
            We ask the mail server whether a mailbox exists, without sending mail, and show you its reply word for word. If it
            won’t say, the answer is “unknown”, and you don’t pay.
          </p>
          <FreeVerifier initialEmail={initialEmail} problem={problem} samples={samples} limit={FREE_CHECKS_A_DAY} />
          {isResolverWrong && <ResolverNote hasSandbox={env().MAIL_SANDBOX === 'on'} />}
        </div>
        <div className="min-w-0 group-has-[[data-phase]]/hero:hidden max-lg:order-last">
          <HeroCheck caption="Recorded on our built-in test mail servers. Type an address to watch yours." />
        </div>
        <div className="lg:col-span-full lg:mt-4">
          <WaysIn />
        </div>
      </section>
    </div>
  );
}

/** How long the page waits for a slow or unreachable database. */
const NOTICE_PATIENCE_MS = 300;

/**
 * Whether visitors see the notice. They don't if the operator chose a private resolver. Decided before the page is sent, so that nothing
 * shifts.
 */
async function isResolverTold(): Promise<boolean> {
  const found = findResolverNotice({ isOperator: false }).catch(() => null);
  const notice = await Promise.race([found, sleep(NOTICE_PATIENCE_MS, null)]);
  return notice !== null && (notice.audience === 'customer' || !notice.trouble.isChosen);
}
