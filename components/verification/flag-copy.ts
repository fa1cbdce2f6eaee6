import type { FlagName } from '@/lib/verdict/verdict';

export const FLAG_LABEL: Record<FlagName, string> = {
  catch_all: 'catch-all',
  disposable: 'disposable',
  relay: 'private relay',
  role: 'role address',
  free: 'free mail',
  no_reply: 'no-reply',
  tagged: '+tag',
  mailbox_full: 'mailbox full',
  mailbox_disabled: 'mailbox disabled',
  idn: 'international domain',
  security_gateway: 'behind a security gateway',
};
