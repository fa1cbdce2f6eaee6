import { sampleAddresses } from '../sample-addresses';

/** A small file to try lists with: a header, a few addresses, a duplicate, wrong syntax and a row without an address. */
export function GET(): Response {
  const addresses = sampleAddresses();
  const cells = [...addresses, addresses[0] ?? '', 'not an address @ all', ''];
  const rows = cells.map((email, index) => `Customer ${index + 1},${email},${index % 2 === 0 ? 'yes' : 'no'}`);
  return new Response(['name,email,subscribed', ...rows, ''].join('\r\n'), {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8',
      'Content-Disposition': 'attachment; filename="sample-list.csv"',
      'Cache-Control': 'no-store',
    },
  });
}
