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
      'Some servers don’t tell. They put off strangers, refuse whole networks, or hang up. Then we say that we could not tell, show you the reply, and charge nothing.',
  },
  {
    question: 'Is a deliverable address certain to receive my mail?',
    answer:
      'It means that the server accepts this mailbox and refuses made-up names at the same domain. Whether a message lands in the inbox or in spam depends on its content and on your reputation as a sender.',
  },
  {
    question: 'What is a catch-all domain?',
    answer:
      'One that takes mail for any name and sorts it out later. A yes from its server proves nothing about one mailbox, so the verdict is “risky”, and it is free.',
  },
  {
    question: 'What does it cost?',
    answer: `The free verifier on this page needs no account. A free account has ${FREE_PLAN_CREDITS_A_MONTH} credits a month; disposable addresses don’t get them. An answer costs one credit or nothing, and the pricing page lists which.`,
  },
  {
    question: 'What do you keep of the addresses I check?',
    answer:
      'The address, the verdict and its evidence, so that you can read them again in your history. Only your workspace can see them, and they are deleted with your account.',
  },
];
