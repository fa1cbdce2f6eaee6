// Which plan and packs buy so many credits in one month, and for how little. Computed from the table of plans and packs, so that
// the page that shows it can't promise another price than is charged. What is left of a pack stays: it is not counted as saved.
import { PACK_IDS, PACKS, PAID_PLANS, planPriceCents, PLANS, type Interval, type PackId, type PlanId } from './plans';

export interface Choice {
  plan: PlanId;
  /** Bought on top, largest first. */
  packs: PackId[];
  /** Of the plan for one month: a twelfth of the year when it is paid yearly. */
  planCents: number;
  packsCents: number;
  totalCents: number;
  /** What all of it brings in the first month. */
  credits: number;
}

export interface Choices {
  cheapest: Choice;
  /** The cheapest of each other kind, cheapest first: a plan alone, packs alone, both. */
  others: Choice[];
}

/** All packs hold whole thousands. */
const UNIT = 1_000;

export function purchaseChoices(credits: number, interval: Interval): Choices {
  const paid = PAID_PLANS.map((plan) => choose(plan, credits, interval));
  const kinds = [
    cheapestOf(paid.filter(({ packs }) => packs.length === 0)),
    choose('free', credits, interval),
    cheapestOf(paid.filter(({ packs }) => packs.length > 0)),
  ].filter((choice) => choice !== null);
  const [cheapest, ...others] = kinds.sort((a, b) => a.totalCents - b.totalCents);
  if (cheapest === undefined) throw new Error('there is always the Free plan with packs');
  return { cheapest, others };
}

const cheapestOf = (choices: readonly Choice[]): Choice | null =>
  choices.reduce<Choice | null>((best, choice) => (best !== null && best.totalCents <= choice.totalCents ? best : choice), null);

function choose(plan: PlanId, credits: number, interval: Interval): Choice {
  const planCents = planPriceCents(plan, interval) / (interval === 'year' ? 12 : 1);
  const packs = cheapestPacks(credits - PLANS[plan].creditsAMonth);
  const packsCents = packs.reduce((sum, pack) => sum + PACKS[pack].priceCents, 0);
  const bought = packs.reduce((sum, pack) => sum + PACKS[pack].credits, 0);
  return { plan, packs, planCents, packsCents, totalCents: planCents + packsCents, credits: PLANS[plan].creditsAMonth + bought };
}

/** The packs that bring at least so many credits for the least money, largest first; of equal ones the fewest packs. */
export function cheapestPacks(credits: number): PackId[] {
  const units = Math.max(0, Math.ceil(credits / UNIT));
  // best[n] buys at least n thousand.
  const best: { cents: number; packs: PackId[] }[] = [{ cents: 0, packs: [] }];
  for (let need = 1; need <= units; need++) {
    let found: { cents: number; packs: PackId[] } | undefined;
    for (const id of PACK_IDS) {
      const rest = best[Math.max(0, need - PACKS[id].credits / UNIT)];
      const cents = (rest?.cents ?? 0) + PACKS[id].priceCents;
      const packs = [id, ...(rest?.packs ?? [])];
      if (found === undefined || cents < found.cents || (cents === found.cents && packs.length < found.packs.length)) {
        found = { cents, packs };
      }
    }
    if (found !== undefined) best.push(found);
  }
  return (best[units]?.packs ?? []).toSorted((a, b) => PACKS[b].credits - PACKS[a].credits);
}
