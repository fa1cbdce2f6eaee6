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
  { reply: '550 5.7.1 Client host blocked', says: 'We do not talk to you', about: 'Us' },
];

export function ReplyTable() {
  return (
    <div
      role="region"
      aria-label="Replies and what they are about"
      tabIndex={0}
      className="my-6 overflow-x-auto rounded-card border border-hairline"
    >
      <table className="w-full text-left text-body">
        <thead className="bg-raised text-table text-muted">
          <tr>
            <th scope="col" className="px-4 py-2 font-medium">
              Reply
            </th>
            <th scope="col" className="px-4 py-2 font-medium">
              It says
            </th>
            <th scope="col" className="px-4 py-2 font-medium">
              It is about
            </th>
          </tr>
        </thead>
        <tbody>
          {ROWS.map((row) => (
            <tr key={row.reply} className="border-t border-hairline align-top">
              <td className="px-4 py-2.5 font-mono text-table">{row.reply}</td>
              <td className="px-4 py-2.5">{row.says}</td>
              <td className="px-4 py-2.5">{row.about}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
