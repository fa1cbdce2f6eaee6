import { Card } from '@/components/ui/card';
import { LocalTime } from '@/components/ui/local-time';
import type { ListView } from '@/lib/lists/rules/view';

/** What remains of a list after its rows are deleted. */
export function ExpiredPanel({ list }: { list: ListView }) {
  return (
    <Card title="The rows are deleted">
      <p className="text-body text-muted">
        {list.expiresAt !== null && (
          <>
            Since <LocalTime iso={list.expiresAt} show="both" />:{' '}
          </>
        )}
        rows, verdicts and evidence of this list are gone, and can’t be brought back. The totals above stay.
      </p>
    </Card>
  );
}
