import { Table, Td, Th } from '@/components/ui/table';

interface Row {
  reply: string;
  says: string;
  about: string;
}

const ROWS: readonly Row[] = [
  { reply: '250 2.1.5 Ok', says: 'Accepted', about: 'The mailbox, where made-up names are refused' },
  { reply: '550 5.1.1 User unknown', says: 'No such mailbox', about: 'The mailbox' },
  { reply: '552 5.2.2 Mailbox is full', says: 'The mailbox exists and is full', about: 'The mailbox' },
  { reply: '451 4.7.1 Greylisted, try again later', says: 'Come back later', about: 'Time' },
  { reply: '450 4.7.1 Too many recipients', says: 'You ask too often', about: 'Us' },
  { reply: '550 5.7.1 Client host blocked', says: 'You are blocked', about: 'Us' },
];

export function ReplyTable() {
  return (
    <div className="my-6 overflow-hidden rounded-card border border-hairline bg-card">
      <Table label="Replies and what they are about">
        <thead className="bg-raised">
          <tr>
            <Th>Reply</Th>
            <Th>Meaning</Th>
            <Th>About</Th>
          </tr>
        </thead>
        <tbody className="text-body">
          {ROWS.map((row) => (
            <tr key={row.reply} className="border-b border-hairline last:border-b-0">
              <Td className="font-mono text-table">{row.reply}</Td>
              <Td>{row.says}</Td>
              <Td>{row.about}</Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}
