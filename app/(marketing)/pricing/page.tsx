import { CallToAction } from '@/components/marketing/call-to-action';
import { FairBilling } from '@/components/marketing/fair-billing';
import { Faq } from '@/components/marketing/faq';
import { JsonLd } from '@/components/marketing/json-ld';
import { Section } from '@/components/marketing/section';
import { type Way, WAYS } from '@/components/pricing/interval-switch';
import { LargerNeeds } from '@/components/pricing/larger-needs';
import { PackList } from '@/components/pricing/pack-list';
import { PlanLimits } from '@/components/pricing/plan-limits';
import { PricingPlanner } from '@/components/pricing/pricing-planner';
import { volumeOf } from '@/components/pricing/volumes';
import { metadataOf } from '@/content/page';
import { PRICING, PRICING_FAQ } from '@/content/pricing-faq';
import { faqData, productData } from '@/content/structured-data';
import { searchParam, type SearchParams } from '@/lib/platform/http/body';
import { FREE_PLAN_CREDITS_A_MONTH } from '@/lib/platform/limits';
import { env } from '@/lib/platform/env';

export const metadata = metadataOf(PRICING);

/** Monthly, unless the URL names another way to pay. */
const wayOf = (word: string | null): Way => WAYS.find((way) => way === word) ?? 'month';

export default async function PricingPage({ searchParams }: { searchParams: SearchParams }) {
  const volume = volumeOf(await searchParam(searchParams, 'addresses'));
  const way = wayOf(await searchParam(searchParams, 'interval'));
  return (
    <>
      <div className="mx-auto max-w-6xl px-4 pt-12 pb-16 sm:px-6 sm:pt-20">
        <div className="mb-8 text-center">
          <h1 className="text-display font-semibold tracking-tight text-balance sm:text-hero">You pay for answers</h1>
          <p className="mx-auto mt-4 max-w-xl text-lead text-balance text-muted sm:text-intro">
            One credit per answer. If we can’t find out, it’s free, on every plan.
          </p>
        </div>
        <PricingPlanner initialVolume={volume} initialWay={way} />
        <LargerNeeds contact={env().CONTACT_EMAIL} />
        <p className="mt-4 text-table text-muted">
          Every plan includes single checks, lists, the API, and the evidence behind each answer. Prices are in US dollars, before
          tax.
        </p>
      </div>
      {way !== 'packs' && (
        <Section
          id="packs"
          title="Pay as you go"
          lead="Packs need no plan and never expire. On a plan, its monthly credits are spent first."
        >
          <PackList />
        </Section>
      )}
      <Section
        raised
        id="free"
        title="What is charged, and what is free"
        lead="Every possible answer and its price. Your credits are charged by this same table."
      >
        <FairBilling />
        <p className="mt-4 max-w-2xl text-body text-muted">
          Also free: duplicates in a list, and any address you already got an answer for in the last 24 hours.
        </p>
      </Section>
      <Section
        id="limits"
        title="Limits by plan"
        lead="A list counts until its rows are deleted. Free answers are the ones above that needed a mail server or DNS and still cost nothing."
      >
        <PlanLimits />
      </Section>
      <Section raised title="Questions">
        <Faq questions={PRICING_FAQ} />
      </Section>
      <div className="border-t border-hairline">
        <div className="mx-auto max-w-6xl px-4 py-16 sm:px-6 sm:py-24">
          <CallToAction title={`${FREE_PLAN_CREDITS_A_MONTH} credits a month, free`}>
            No card needed, every feature included. Upgrade when you need more.
          </CallToAction>
        </div>
      </div>
      <JsonLd data={faqData(PRICING_FAQ)} />
      <JsonLd data={productData(PRICING, env().APP_URL)} />
    </>
  );
}
