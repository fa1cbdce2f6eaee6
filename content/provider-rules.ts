// What mailbox providers and sending services publish about complaints and bounces. Each fact has the page it was read on.
import type { Source } from './article';

export interface ProviderRule {
  provider: string;
  rule: string;
  source: Source & { read: string };
}

export const PROVIDER_RULES: readonly ProviderRule[] = [
  {
    provider: 'Gmail',
    rule: 'Keep the spam rate in Postmaster Tools below 0.10%, and never let it reach 0.30%. More rules apply from 5,000 messages a day.',
    source: {
      title: 'Google: Email sender guidelines',
      url: 'https://support.google.com/a/answer/81126',
      read: '2026-11-29',
    },
  },
  {
    provider: 'Yahoo and AOL',
    rule: 'Remove invalid recipients promptly, and people who report your mail as unwanted, through the complaint feedback loop.',
    source: {
      title: 'EmailKarma: summary of Yahoo’s Sender Hub best practices',
      url: 'https://emailkarma.net/yahoo-updates-senders-hub-best-practices/',
      read: '2026-11-29',
    },
  },
  {
    provider: 'Outlook.com, Hotmail, Live',
    rule: 'From 5,000 messages a day, SPF, DKIM and DMARC are required. Mail without them goes to junk, and may be rejected.',
    source: {
      title: 'Microsoft: Outlook’s new requirements for high-volume senders',
      url: 'https://techcommunity.microsoft.com/tag/awareness%20%26%20training',
      read: '2026-11-29',
    },
  },
  {
    provider: 'Amazon SES',
    rule: 'Sending may be paused at a bounce rate of 10% or more, or a complaint rate of 0.5% or more.',
    source: {
      title: 'AWS re:Post: Why is my Amazon SES sending account under review or paused?',
      url: 'https://repost.aws/knowledge-center/ses-resolve-account-review-pause',
      read: '2026-11-29',
    },
  },
];
