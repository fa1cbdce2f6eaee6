import Link from 'next/link';
import { LegalPage } from '@/components/marketing/legal-page';
import { TERMS_PAGE } from '@/content/legal';
import { metadataOf } from '@/content/page';

export const metadata = metadataOf(TERMS_PAGE);

export default function TermsPage() {
  return (
    <LegalPage page={TERMS_PAGE} lead="What you can expect of us and what we expect of you, in plain words.">
      <h2>The service</h2>
      <p>
        Email Verifier asks mail servers about addresses that you give it and tells you what they answered. It sends no messages.
        An answer describes what was seen at the moment of the check. Mailboxes come and go, servers do not always tell the truth,
        and we cannot promise that a message will arrive.
      </p>
      <h2>Your account</h2>
      <ul>
        <li>
          Give a working email address, and keep your password and your API keys to yourself. What is done with them counts as
          done by you.
        </li>
        <li>Tell us when a key has leaked. You can revoke it yourself at any time.</li>
        <li>You can delete your account in the settings. That deletes your workspace with it.</li>
      </ul>
      <h2>Use</h2>
      <p>
        The <Link href="/acceptable-use">acceptable use policy</Link> is part of these terms. Where it is broken, we may slow
        down, pause or close an account.
      </p>
      <h2>Credits</h2>
      <ul>
        <li>
          One credit is one charged answer. Which answers are charged is shown on the <Link href="/pricing">pricing page</Link>{' '}
          and applied by the same table.
        </li>
        <li>
          Credits of a monthly grant end with their month; bought credits do not expire. Answers that could not be given are never
          charged.
        </li>
        <li>
          A hard bounce that you report within 30 days on an address that we called deliverable gives its credit back, within
          limits.
        </li>
        <li>Every credit that moves is written down in your workspace.</li>
      </ul>
      <h2>Plans and payments</h2>
      <ul>
        <li>
          Plans renew by themselves, monthly or yearly, until you cancel; a canceled plan runs until the end of the time you paid
          for. Stripe takes the payment. Prices are in US dollars, and tax is added where it applies.
        </li>
        <li>
          When a renewal cannot be charged you are told, and the plan stays for seven days more. Then the workspace is back on
          Free; bought credits stay.
        </li>
      </ul>
      <h2>Availability</h2>
      <p>
        We work to keep the service up, but it is provided as it is. To the extent that the law allows, we are not liable for lost
        profit or for the consequences of acting on an answer. Nothing here limits rights that the law gives you and that cannot
        be waived.
      </p>
      <h2>Changes</h2>
      <p>When these terms change in substance, account holders are told by email before the change takes effect.</p>
    </LegalPage>
  );
}
