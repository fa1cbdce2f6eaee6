// A recommendation in words. It names the policy that it came from, because another policy may recommend something else.
import type { PolicyName, Recommendation } from '@/lib/verdict/verdict';

export const RECOMMENDATION_LABEL: Record<Recommendation, string> = {
  send: 'Send',
  review: 'Review first',
  do_not_send: 'Do not send',
  retry: 'Try again later',
};

export const POLICY_LABEL: Record<PolicyName, string> = {
  signup: 'sign-up policy',
  transactional: 'transactional policy',
  newsletter: 'newsletter policy',
  cold: 'cold outreach policy',
};
