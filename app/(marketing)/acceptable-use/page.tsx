import Link from 'next/link';
import { LegalPage } from '@/components/marketing/legal-page';
import { ACCEPTABLE_USE } from '@/content/legal';
import { metadataOf } from '@/content/page';

export const metadata = metadataOf(ACCEPTABLE_USE);

export default function AcceptableUsePage() {
  return (
    <LegalPage
      page={ACCEPTABLE_USE}
      lead="Verification is meant to keep bad addresses out of good mail. It is not meant for anything below."
    >
      <h2>Fine</h2>
      <ul>
        <li>Checking an address that somebody typed into your form.</li>
        <li>Cleaning a list of people who asked to hear from you.</li>
        <li>Finding out why mail to a customer bounces.</li>
      </ul>
      <h2>Not allowed</h2>
      <ul>
        <li>Guessing addresses: trying names or patterns against a domain to find out which ones exist.</li>
        <li>Preparing mail that the recipients did not agree to, where the law asks for their agreement.</li>
        <li>Checking addresses that were bought, scraped or taken without permission.</li>
        <li>Finding or following a person who does not want to be found.</li>
        <li>
          Burdening one mail host on purpose, or getting around the limits that protect it, for instance with several accounts.
        </li>
        <li>Reselling the free verifier or running it from a script.</li>
      </ul>
      <h2>What we do about it</h2>
      <p>
        There is a cap on how often any one domain is asked within an hour, over all customers, and limits on every visitor and
        every key. Accounts that break these rules are slowed down, paused or closed. See also the{' '}
        <Link href="/terms">terms</Link>.
      </p>
      <h2>Mail host operators</h2>
      <p>
        If our questions trouble your server, refuse us with a clear reply: we read it as a refusal of us, never as an answer
        about a mailbox, and we back off.
      </p>
    </LegalPage>
  );
}
