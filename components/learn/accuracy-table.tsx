import { Table, Td, Th } from '@/components/ui/table';
import { ACCURACY, REPLIES_READ, shareOfKnowable } from '@/content/accuracy';

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

const { first, second, third } = REPLIES_READ;

const BATCHES = [
  { name: 'Newest', batch: first },
  { name: 'Before it, in the usual mix', batch: second },
  { name: 'Older, chosen for being rare', batch: third },
] as const;

const FIGURES: readonly { what: string; read: (batch: (typeof REPLIES_READ)['first']) => string }[] = [
  { what: 'Replies', read: ({ replies }) => String(replies) },
  { what: 'Sources', read: ({ servers }) => String(servers) },
  { what: 'Macro recall', read: ({ recall }) => recall },
  { what: 'Called unclear', read: ({ ambiguous }) => ambiguous },
  { what: 'Wrongly taken to be about the mailbox', read: ({ readAsAboutTheMailbox }) => String(readAsAboutTheMailbox) },
];

export function RepliesTable() {
  return (
    <div className="my-6 rounded-card border border-hairline">
      <Table label="How batches of unseen replies were read">
        <thead>
          <tr>
            <Th>Batch</Th>
            {BATCHES.map(({ name }) => (
              <Th key={name} className="py-2 text-right text-balance whitespace-normal">
                {name}
              </Th>
            ))}
          </tr>
        </thead>
        <tbody>
          {FIGURES.map(({ what, read }) => (
            <tr key={what} className="border-b border-hairline last:border-b-0">
              <Td>{what}</Td>
              {BATCHES.map(({ name, batch }) => (
                <Td key={name} className="text-right whitespace-nowrap">
                  {read(batch)}
                </Td>
              ))}
            </tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}
