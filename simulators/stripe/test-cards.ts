// The test cards and the outcome of a charge to each. The numbers are those that Stripe publishes for its test mode, and they behave as
// they do there, with one difference: Checkout here accepts the card that fails later, so that a failing renewal can be seen without
// changing the card first.
export interface TestCard {
  id: 'good' | 'good_too' | 'declined' | 'no_funds' | 'expired' | 'confirm' | 'confirm_always' | 'fails_later';
  number: string;
  brand: string;
  /** For the list on the page. */
  label: string;
}

export const TEST_CARDS: readonly TestCard[] = [
  { id: 'good', number: '4242424242424242', brand: 'visa', label: 'Succeeds' },
  { id: 'good_too', number: '5555555555554444', brand: 'mastercard', label: 'Succeeds (Mastercard)' },
  { id: 'declined', number: '4000000000000002', brand: 'visa', label: 'Is declined' },
  { id: 'no_funds', number: '4000000000009995', brand: 'visa', label: 'Is declined: not enough money' },
  { id: 'expired', number: '4000000000000069', brand: 'visa', label: 'Is declined: expired' },
  { id: 'confirm', number: '4000002500003155', brand: 'visa', label: 'Asks the cardholder to confirm, once' },
  { id: 'confirm_always', number: '4000002760003184', brand: 'visa', label: 'Asks the cardholder to confirm, each time' },
  { id: 'fails_later', number: '4000000000000341', brand: 'visa', label: 'Succeeds now, fails when charged later' },
];

export const findCard = (number: string): TestCard | null =>
  TEST_CARDS.find((card) => card.number === number.replaceAll(/\D/g, '')) ?? null;

export const cardById = (id: string | undefined): TestCard | null => TEST_CARDS.find((card) => card.id === id) ?? null;

export interface Decline {
  code: string;
  declineCode: string;
  message: string;
}

const GENERIC: Decline = { code: 'card_declined', declineCode: 'generic_decline', message: 'Your card was declined.' };

const DECLINES: Partial<Record<TestCard['id'], Decline>> = {
  declined: GENERIC,
  no_funds: {
    code: 'card_declined',
    declineCode: 'insufficient_funds',
    message: 'Your card has insufficient funds.',
  },
  expired: { code: 'expired_card', declineCode: 'expired_card', message: 'Your card has expired.' },
};

export const NEEDS_ACTION: Decline = {
  code: 'authentication_required',
  declineCode: 'authentication_required',
  message: 'Your card was declined. This transaction requires authentication.',
};

export interface ChargeMoment {
  /** The cardholder is present. */
  isOnSession: boolean;
  /** The cardholder confirmed this payment. */
  isConfirmed: boolean;
  /** The cardholder once confirmed the card for later charges. */
  wasConfirmed: boolean;
}

/** Null if the charge succeeds. */
export function declineOf(card: TestCard, moment: ChargeMoment): Decline | 'needs_action' | null {
  const { isOnSession, isConfirmed, wasConfirmed } = moment;
  if (card.id === 'fails_later') return isOnSession ? null : GENERIC;
  if (card.id === 'confirm') return isConfirmed || wasConfirmed ? null : 'needs_action';
  if (card.id === 'confirm_always') return isConfirmed ? null : 'needs_action';
  return DECLINES[card.id] ?? null;
}
