import { POLICY_NAMES, type PolicyName } from '@/lib/verdict/verdict';

/** What each policy is for, and what it recommends for uncertain addresses. */
export const POLICY_COPY: Record<PolicyName, { label: string; hint: string }> = {
  newsletter: {
    label: 'Newsletter',
    hint: 'Sends to deliverable addresses; catch-all and role addresses are for review, unknown ones to be asked again.',
  },
  signup: {
    label: 'Sign-up',
    hint: 'Accepts deliverable, catch-all and unknown addresses; role addresses go to review, disposable ones are turned away.',
  },
  transactional: {
    label: 'Receipts and notices',
    hint: 'Like sign-up, and role addresses are sent to as well.',
  },
  cold: {
    label: 'First contact',
    hint: 'Sends to deliverable addresses only; anything in doubt is for review.',
  },
};

/** For a `Select`. */
export const PolicyOptions = () =>
  POLICY_NAMES.map((policy) => (
    <option key={policy} value={policy}>
      {POLICY_COPY[policy].label}
    </option>
  ));
