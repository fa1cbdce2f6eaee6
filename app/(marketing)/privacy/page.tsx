import { LegalPage } from '@/components/marketing/legal-page';
import { PRIVACY } from '@/content/legal';
import { metadataOf } from '@/content/page';
import { PLANS } from '@/lib/accounts/rules/plans';

export const metadata = metadataOf(PRIVACY);

export default function PrivacyPage() {
  return (
    <LegalPage page={PRIVACY} lead="What is kept, why, and for how long. No trackers, no advertising, no sale of data.">
      <h2>About you</h2>
      <ul>
        <li>Your email address, your name if you give one, and your password as a hash that cannot be turned back.</li>
        <li>
          When you accepted the terms, and the names, last four characters and last use of your API keys. The keys themselves are
          not kept.
        </li>
        <li>
          Where you are signed in: browser and system, when you signed in and were last active. It goes 30 days after the session
          ends.
        </li>
        <li>
          A sign-up that was not confirmed, for two days. A keyed hash of your mailbox, which can’t be turned back, so that free
          credits are given once to each mailbox. It goes at the end of the month in which your account is deleted.
        </li>
        <li>Network addresses, for as long as it takes to count attempts against limits.</li>
      </ul>
      <h2>About the addresses you check</h2>
      <ul>
        <li>
          The address, the verdict and its evidence, in your workspace, so that you can read them again. Nobody outside your
          workspace sees them.
        </li>
        <li>
          What is learned about a mail <em>domain</em>, for instance that it accepts every name, is remembered with its date and
          used for everybody. It holds no addresses.
        </li>
        <li>To ask a mail server about an address, the address has to be told to that server. That is the check.</li>
        <li>
          The rows of a list, with the columns that came along, for as long as you chose (30 days unless you said otherwise). Then
          they are deleted; the totals are kept. A list that is never started is deleted after {PLANS.free.unstartedListDays} days
          on the Free plan and {PLANS.starter.unstartedListDays} days on others.
        </li>
        <li>Your workspace’s blocklist, until you take an entry off it or delete your account.</li>
        <li>
          What a webhook of yours was sent, for 30 days, in your workspace. It goes to the address that you named, and nowhere
          else.
        </li>
        <li>Addresses are not written to logs.</li>
      </ul>
      <h2>Payments</h2>
      <p>
        Stripe takes the payment on pages of its own and keeps the card, the billing address and the tax number. Kept here: your
        customer number at Stripe, the plan, what was bought and when, and the last digits of the card, to name it to you.
      </p>
      <h2>Visitors without an account</h2>
      <p>
        The free verifier sets one cookie, so that the page can show you the checks that you started and count your allowance. It
        is not used for anything else.
      </p>
      <h2>Cookies</h2>
      <p>
        A cookie for your session when you are signed in; one by which your browser is known after you signed in, so that
        strangers who guess at your password can’t lock you out; while you sign up, one that ties the sign-up to your browser; and
        the one above. Your choice of light or dark is kept in your browser only.
      </p>
      <h2>Your rights</h2>
      <p>
        You can delete your account in the settings at any time; your workspace, its history and its keys are deleted with it. The
        people whose addresses you check have rights too: make sure that you may process their data before you do.
      </p>
    </LegalPage>
  );
}
