// An offer in words, as the object of a sentence: "You have … now."
import { PACKS, PLANS, type Offer } from './plans';

export const offerName = (offer: Offer): string =>
  offer.kind === 'pack' ? `${PACKS[offer.pack].credits.toLocaleString('en')} credits` : `the ${PLANS[offer.plan].name} plan`;
