import { Card } from '@/components/ui/card';
import { RelativeTime } from '@/components/ui/relative-time';
import type { SessionView } from '@/lib/accounts/rules/account';

const SHOWN = 5;

/** The devices that were signed out by a new password. */
export function EndedSessions({ sessions }: { sessions: readonly SessionView[] }) {
  const more = sessions.length - SHOWN;
  return (
    <Card
      title="Sessions"
      description={
        sessions.length === 0
          ? 'No other device was signed in when the password changed.'
          : `${sessions.length === 1 ? '1 device was' : `${sessions.length} devices were`} signed out when the password changed.`
      }
    >
      {sessions.length > 0 && (
        <ul aria-label="Signed out" className="flex flex-col gap-1.5 text-body">
          {sessions.slice(0, SHOWN).map(({ id, device, lastSeenAt }) => (
            <li key={id} className="flex flex-wrap gap-x-2">
              {device}
              <span className="text-muted">
                last active <RelativeTime iso={lastSeenAt} />
              </span>
            </li>
          ))}
          {more > 0 && <li className="text-muted">and {more} more</li>}
        </ul>
      )}
    </Card>
  );
}
