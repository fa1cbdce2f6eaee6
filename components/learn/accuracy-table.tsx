import { Table, Td, Th } from '@/components/ui/table';
import { ACCURACY, shareOfKnowable } from '@/content/accuracy';

const { ours, naive, knowable, unknowable } = ACCURACY;

const ROWS: readonly { what: string; ours: string; naive: string }[] = [
  {
    what: `Right, of ${knowable} that can be known`,
    ours: `${ours.right} (${shareOfKnowable(ours.right)})`,
    naive: `${naive.right} (${shareOfKnowable(naive.right)})`,
  },
  {
    what: 'Unknown, although it could be known',
    ours: String(ours.unknown),
    naive: `${naive.unknown} (${shareOfKnowable(naive.unknown)})`,
  },
  { what: 'Live mailboxes called undeliverable', ours: String(ours.livingCalledDead), naive: String(naive.livingCalledDead) },
  {
    what: `Answered, of ${unknowable} that nobody can know`,
    ours: String(ours.answeredUnknowable),
    naive: String(naive.answeredUnknowable),
  },
  { what: 'Connections per address', ours: String(ours.connectionsAnAddress), naive: String(naive.connectionsAnAddress) },
];

export function AccuracyTable() {
  return (
    <div className="my-6 rounded-card border border-hairline">
      <Table label="Email Verifier and a naive verifier on the same addresses">
        <thead>
          <tr>
            <Th>Measured</Th>
            <Th className="text-right">Email Verifier</Th>
            <Th className="text-right">Naive</Th>
          </tr>
        </thead>
        <tbody>
          {ROWS.map((row) => (
            <tr key={row.what} className="border-b border-hairline last:border-b-0">
              <Td>{row.what}</Td>
              <Td className="text-right font-semibold whitespace-nowrap">{row.ours}</Td>
              <Td className="text-right whitespace-nowrap">{row.naive}</Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}
