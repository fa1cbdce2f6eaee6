import Link from 'next/link';
import { LegalPage } from '@/components/marketing/legal-page';
import { Table, Td, Th } from '@/components/ui/table';
import { SUB_PROCESSORS } from '@/content/legal';
import { metadataOf } from '@/content/page';

export const metadata = metadataOf(SUB_PROCESSORS);

const ROWS: readonly { who: string; what: string; where: string }[] = [
  { who: '[Hosting provider]', what: 'Servers and the database: everything that the privacy page names', where: '[Country]' },
  { who: '[Backup storage]', what: 'Encrypted copies of the database', where: '[Country]' },
  { who: '[Mail service]', what: 'Mail to account holders: their address and the text', where: '[Country]' },
  { who: 'Stripe', what: 'Payments: name, billing address, tax number, card', where: '[Stripe company in your contract]' },
];

export default function SubProcessorsPage() {
  return (
    <LegalPage
      page={SUB_PROCESSORS}
      isTemplate
      lead="Who processes personal data on behalf of this service, for what, and where."
    >
      <h2>The list</h2>
      <div className="my-6 rounded-card border border-hairline">
        <Table label="Sub-processors">
          <thead>
            <tr>
              <Th>Who</Th>
              <Th>What</Th>
              <Th>Where</Th>
            </tr>
          </thead>
          <tbody>
            {ROWS.map(({ who, what, where }) => (
              <tr key={who} className="border-b border-hairline last:border-b-0">
                <Td className="align-top font-medium">{who}</Td>
                <Td className="align-top">{what}</Td>
                <Td className="align-top">{where}</Td>
              </tr>
            ))}
          </tbody>
        </Table>
      </div>
      <h2>Who is not on it</h2>
      <p>
        The mail servers that are asked about an address. Each is responsible for the domain in that address and learns nothing
        that a message to it would not tell. The product itself calls no analytics, advertising or enrichment service.
      </p>
      <h2>Changes</h2>
      <p>
        Customers with a <Link href="/dpa">data processing agreement</Link> are told [30] days before a sub-processor is added or
        replaced, and can object for good reason.
      </p>
    </LegalPage>
  );
}
