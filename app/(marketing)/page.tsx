import type { Metadata } from 'next';
import Link from 'next/link';
import { Suspense } from 'react';
import { FreeVerifier } from '@/components/free-verifier/free-verifier';
import { CallToAction } from '@/components/marketing/call-to-action';
import { FairBilling } from '@/components/marketing/fair-billing';
import { Faq } from '@/components/marketing/faq';
import { FourAnswers } from '@/components/marketing/four-answers';
import { JsonLd } from '@/components/marketing/json-ld';
import { LayersExplained } from '@/components/marketing/layers-explained';
import { SampleAnswer } from '@/components/marketing/sample-answer';
import { Section } from '@/components/marketing/section';
import { WhatWePromise } from '@/components/marketing/what-we-promise';
import { ResolverNote } from '@/components/shell/resolver-banner';
import { ErrorBoundary } from '@/components/ui/error-boundary';
import { LANDING_FAQ } from '@/content/landing-faq';
import { faqData } from '@/content/structured-data';
import { env } from '@/lib/platform/env';
import { ADDRESS_INPUT_MAX_CHARS, FREE_CHECKS_A_DAY, FREE_PLAN_CREDITS_A_MONTH } from '@/lib/platform/limits';
import { sandboxDomain } from '@/lib/verdict/sandbox-catalog';
import { findResolverNotice } from '@/lib/operator/operator';

export const metadata: Metadata = { alternates: { canonical: '/' } };

const SAMPLES = [
  `alice@${sandboxDomain('deliverable')}`,
  `nobody@${sandboxDomain('deliverable')}`,
  `alice@${sandboxDomain('blocking')}`,
];

interface Props {
  searchParams: Promise<{ email?: string | string[] }>;
}

export default async function LandingPage({ searchParams }: Props) {
  const { email } = await searchParams;
  const initialEmail = typeof email === 'string' ? email.slice(0, ADDRESS_INPUT_MAX_CHARS) : '';
  const samples = env().MAIL_SANDBOX === 'on' ? SAMPLES : [];
  return (
    <>
      <section className="mx-auto max-w-3xl px-4 pt-16 pb-12 text-center sm:px-6 sm:pt-24">
        <h1 className="text-display font-semibold tracking-tight text-balance sm:text-hero">Does this mailbox exist?</h1>
        <p className="mx-auto mt-4 mb-8 max-w-xl text-lead text-balance text-muted">
          Email Verifier asks the mail server without sending mail, and shows you word for word why it says what it says.
        </p>
        <FreeVerifier initialEmail={initialEmail} samples={samples} limit={FREE_CHECKS_A_DAY} />
        <ErrorBoundary inline message="">
          <Suspense>
            <ResolverTrouble />
          </Suspense>
        </ErrorBoundary>
      </section>
      <Section
        divided={false}
        title="An answer you can check"
        lead="Every verdict comes with what was asked, who answered, and in which words."
      >
        <SampleAnswer />
      </Section>
      <Section
        title="Seven layers, one verdict"
        lead="Each layer asks one question. The verdict is decided once, when all of them have spoken."
      >
        <LayersExplained />
        <p className="mt-8 text-body">
          <Link href="/learn/smtp-verification" className="text-accent underline underline-offset-2">
            How SMTP verification works, step by step
          </Link>
        </p>
      </Section>
      <Section title="Four answers, and one of them is “we could not tell”">
        <FourAnswers />
      </Section>
      <Section
        title="You pay for answers"
        lead="One credit is one charged answer. What we could not find out is free, and so is what needed no mail server to find out."
      >
        <FairBilling />
        <p className="mt-4 text-body text-muted">
          Asking for the same address again within 24 hours is answered from memory, free of charge. Every credit that moves is
          written down as a row of a ledger.
        </p>
        <p className="mt-4 text-body">
          <Link href="/pricing" className="text-accent underline underline-offset-2">
            What a credit costs
          </Link>
        </p>
      </Section>
      <Section title="How we ask" lead="What we hold ourselves to, whoever the mail host is.">
        <WhatWePromise />
      </Section>
      <Section title="Questions">
        <Faq questions={LANDING_FAQ} />
      </Section>
      <div className="mx-auto max-w-5xl px-4 pb-16 sm:px-6">
        <CallToAction title={`${FREE_PLAN_CREDITS_A_MONTH} credits a month, free`}>
          An account gives you a history, the evidence of every check, and an API key. No card is needed.
        </CallToAction>
      </div>
      <JsonLd data={faqData(LANDING_FAQ)} />
    </>
  );
}

/** What a visitor is told: nothing of a private resolver that the operator chose. */
async function ResolverTrouble() {
  const notice = await findResolverNotice({ isOperator: false });
  const isTold = notice !== null && (notice.audience === 'customer' || !notice.trouble.isChosen);
  return isTold && <ResolverNote hasSandbox={env().MAIL_SANDBOX === 'on'} />;
}
