import type { Question } from '@/components/marketing/faq';
import { FREE_PLAN_CREDITS_A_MONTH } from '@/lib/platform/limits';

export const LANDING_FAQ: readonly Question[] = [
  {
    question: 'Will the owner of the address notice the check?',
    answer:
      'No message is sent, so nothing arrives in the mailbox. The mail server sees a short connection that names the address and leaves, and its operator may find that in a log.',
  },
  {
    question: 'Why do I sometimes get “unknown”?',
    answer:
      'Because some servers do not tell. They put strangers off, refuse whole networks, hang up, or take every name. In those cases we say that we could not tell, show you the reply, and charge nothing.',
  },
  {
    question: 'Is a deliverable address certain to receive my mail?',
    answer:
      'It means that the server took the recipient and refuses made-up names at the same domain. What happens to a message afterwards, a spam filter for instance, is decided by its content and by your own reputation as a sender.',
  },
  {
    question: 'What does “accepts every name” mean?',
    answer:
      'Some domains take mail for any name and sort it out later. A yes from such a server proves nothing about one mailbox, so the verdict is risky, and it is free.',
  },
  {
    question: 'What does it cost?',
    answer: `The free verifier on this page needs no account. A free account has ${FREE_PLAN_CREDITS_A_MONTH} credits a month, once for each permanent mailbox. One credit is one charged answer, and the pricing page lists which answers are charged and which are not.`,
  },
  {
    question: 'What do you keep of the addresses that I check?',
    answer:
      'The address, the verdict and its evidence, so that you can read them again in your history. They belong to your workspace, nobody else can see them, and they go when you delete your account.',
  },
];
