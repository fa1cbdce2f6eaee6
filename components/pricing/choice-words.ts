// Describes a way to buy credits in words.
import { type Choice, signUpPath } from '@/lib/billing/rules/billing';
import { PLANS } from '@/lib/accounts/rules/plans';
import { formatPrice, type Interval, type PackId, PACKS, planPriceCents } from '@/lib/billing/rules/offers';
import { formatCount } from '@/lib/platform/numbers';

export const creditsOfPack = (pack: PackId): string => formatCount(PACKS[pack].credits);

/** "Starter", "Pack of 5,000", "Packs, as you go", "Starter and a pack of 5,000". */
export function choiceTitle({ plan, packs }: Choice): string {
  if (packs.length === 0) return PLANS[plan].name;
  if (plan === 'free') return packs.length === 1 ? `Pack of ${packs.map(creditsOfPack).join()}` : 'Packs, as you go';
  return `${PLANS[plan].name} and ${packs.length === 1 ? 'a pack' : 'packs'} of ${packs.map(creditsOfPack).join(' and ')}`;
}

export interface ChoiceLine {
  what: string;
  price: string;
}

/** The parts of a choice, one line each. */
export function choiceLines({ plan, packs, planCents }: Choice): ChoiceLine[] {
  const { name, creditsAMonth } = PLANS[plan];
  return [
    { what: `${name} plan, ${formatCount(creditsAMonth)} credits`, price: `${formatPrice(planCents)} a month` },
    ...packs.map((pack) => ({
      what: `Pack of ${creditsOfPack(pack)} credits`,
      price: `${formatPrice(PACKS[pack].priceCents)} once`,
    })),
  ];
}

/** Where buying starts: with the plan or, without one, with the largest pack. */
export function choiceStart({ plan, packs }: Choice, interval: Interval): { href: string; label: string } {
  if (plan !== 'free') {
    return {
      href: signUpPath({ kind: 'plan', plan, interval }),
      label: `Choose ${PLANS[plan].name} · ${formatPrice(planPriceCents(plan, interval))} a ${interval}`,
    };
  }
  const [pack] = packs;
  if (pack === undefined) return { href: '/signup', label: 'Start free' };
  return {
    href: signUpPath({ kind: 'pack', pack }),
    label: `Buy ${creditsOfPack(pack)} credits · ${formatPrice(PACKS[pack].priceCents)}`,
  };
}

/** Credits of the packs that are left after the month. */
export function creditsLeft({ credits, packs }: Choice, volume: number): number {
  const bought = packs.reduce((sum, pack) => sum + PACKS[pack].credits, 0);
  return Math.min(bought, Math.max(0, credits - volume));
}
