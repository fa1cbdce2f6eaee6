import { BreakableName } from '@/components/ui/breakable-name';
import { Card } from '@/components/ui/card';
import { LiveRefresh } from '@/components/ui/live-refresh';
import { RelativeTime } from '@/components/ui/relative-time';
import { Table, Td, Th, Tr } from '@/components/ui/table';
import type { ApiRequestView } from '@/lib/accounts/rules/keys';
import { API_REQUESTS_KEPT } from '@/lib/platform/limits';
import { formatCount } from '@/lib/platform/numbers';

/** The latest requests of a key, newest first. */
export function RequestLog({ requests }: { requests: readonly ApiRequestView[] }) {
  return (
    <Card
      className="mt-8"
      title="Last requests"
      description={`The latest ${API_REQUESTS_KEPT}, without their bodies. Include the request ID when you contact us.`}
      actions={<LiveRefresh />}
      padded={false}
    >
      {requests.length === 0 ? (
        <p className="px-4 pb-4 text-body text-muted sm:px-5">None yet. Requests appear here a few seconds after they finish.</p>
      ) : (
        <Table label="Last requests">
          <thead>
            <tr>
              <Th>Call</Th>
              <Th>Status</Th>
              <Th className="hidden text-right sm:table-cell">Time</Th>
              <Th className="hidden lg:table-cell">Request ID</Th>
              <Th className="hidden sm:table-cell">When</Th>
            </tr>
          </thead>
          <tbody>
            {requests.map((request) => (
              <RequestRow key={request.id} request={request} />
            ))}
          </tbody>
        </Table>
      )}
    </Card>
  );
}

function RequestRow({ request: { id, method, path, status, durationMs, at } }: { request: ApiRequestView }) {
  return (
    <Tr>
      <Td className="h-9 w-full max-w-0 min-w-28 py-1.5 lg:truncate lg:[&_wbr]:hidden" title={path}>
        <span className="font-mono text-muted">{method}</span> <BreakableName name={path} />
        <span className="block text-meta text-muted lg:hidden">
          <span className="sm:hidden">
            <RelativeTime iso={at} /> ·{' '}
          </span>
          <BreakableName name={id} className="inline-block" />
        </span>
      </Td>
      <Td className={status < 400 ? 'h-9 py-1.5' : 'h-9 py-1.5 text-danger'}>{status}</Td>
      <Td className="hidden h-9 py-1.5 text-right whitespace-nowrap sm:table-cell">{formatCount(durationMs)} ms</Td>
      <Td className="hidden h-9 py-1.5 font-mono text-muted lg:table-cell">{id}</Td>
      <Td className="hidden h-9 py-1.5 whitespace-nowrap text-muted sm:table-cell">
        <RelativeTime iso={at} />
      </Td>
    </Tr>
  );
}
