import Link from 'next/link';
import { LegalPage } from '@/components/marketing/legal-page';
import { DPA } from '@/content/legal';
import { metadataOf } from '@/content/page';

export const metadata = metadataOf(DPA);

export default function DpaPage() {
  return (
    <LegalPage
      page={DPA}
      isTemplate
      lead="For customers who need an agreement under Article 28 of the GDPR, or a similar law, for the addresses they have checked."
    >
      <h2>1. Parties and subject</h2>
      <p>
        [Company name, address] (“processor”) verifies email addresses on behalf of the customer (“controller”) as the{' '}
        <Link href="/terms">terms</Link> describe. This agreement lasts as long as the account, and until the data is deleted.
      </p>
      <h2>2. What is processed</h2>
      <ul>
        <li>Data: email addresses, and the further columns of files that the controller uploads.</li>
        <li>People: those whose addresses the controller has checked.</li>
        <li>Purpose: to find out whether the addresses can receive mail, and to report that to the controller.</li>
        <li>Special categories of data must not be uploaded.</li>
      </ul>
      <h2>3. Instructions</h2>
      <p>
        The processor acts on the controller’s documented instructions only. Using the service is an instruction. If an
        instruction seems unlawful to the processor, it says so.
      </p>
      <h2>4. People and confidentiality</h2>
      <p>Whoever has access is bound to confidentiality. Access is given to those who need it for their work.</p>
      <h2>5. Security</h2>
      <p>
        The measures that the product takes are on the <Link href="/security">security page</Link>. To these the operator adds:
        [encryption of disks and backups, access to servers, patching, monitoring, tests of restoring].
      </p>
      <h2>6. Sub-processors</h2>
      <p>
        Those on the <Link href="/sub-processors">list of sub-processors</Link> are approved. Changes are announced [30] days
        before, and the controller can object for good reason. Each sub-processor is bound to the same duties.
      </p>
      <h2>7. Transfers</h2>
      <p>
        Data is stored in [country]. Where it goes to a third country, the EU standard contractual clauses [module] apply. To
        verify an address it has to be named to the mail server of its domain, wherever that server is.
      </p>
      <h2>8. Help with rights and duties</h2>
      <p>
        The processor helps the controller to answer people who ask for their rights, with impact assessments, and with questions
        of authorities, as far as it can.
      </p>
      <h2>9. Breaches</h2>
      <p>
        The processor tells the controller without undue delay, at the latest [48] hours after it learned of a breach: what
        happened, whose data it concerns, what follows, and what was done.
      </p>
      <h2>10. Deletion</h2>
      <p>
        Rows of lists are deleted after the time that the controller chose. When the account ends, everything in its workspace is
        deleted, and from backups after [days], unless a law requires keeping it.
      </p>
      <h2>11. Audits</h2>
      <p>
        The processor provides what is needed to show that it complies with this agreement. Audits on site are possible [once a
        year, with 30 days’ notice].
      </p>
      <h2>12. Signatures</h2>
      <p>[Names, functions, places and dates of both parties]</p>
    </LegalPage>
  );
}
