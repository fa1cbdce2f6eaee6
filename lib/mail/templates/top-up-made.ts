// A notice: a pack was bought automatically. The receipt with the amount is Stripe's.
import { PACKS, type PackId } from '@/lib/domain/plans';
import { composeMail } from '../compose-mail';
import type { Mail } from '../mail';
import { siteLink } from '../site-link';

export function topUpMadeMail(to: string, pack: PackId): Mail {
  const credits = PACKS[pack].credits.toLocaleString('en');
  return composeMail(to, {
    subject: `${credits} credits were added automatically`,
    paragraphs: [
      `Your credits fell below the mark you set, so the pack of ${credits} credits was bought with the card on file, as you chose.`,
      'The invoice is on the billing page, where the automatic top-up can also be changed or switched off.',
    ],
    button: { label: 'Open billing', url: siteLink('/billing') },
  });
}
