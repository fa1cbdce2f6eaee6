import { LocalTime } from '@/components/ui/local-time';
import { durationWords } from '@/lib/verdict/evidence';

/** From this age on, a time of day alone could be mistaken for today's. */
const DATE_SHOWN_MS = 12 * 3_600_000;

interface RememberedFromProps {
  iso: string;
  /** How long before its use it was learned; null if unknown. */
  earlierMs: number | null;
}

/** `14:02, 3 minutes earlier`: when something was learned that this check did not ask for. */
export function RememberedFrom({ iso, earlierMs }: RememberedFromProps) {
  const hasDate = earlierMs === null || earlierMs >= DATE_SHOWN_MS;
  return (
    <>
      <LocalTime iso={iso} show={hasDate ? 'both' : 'time'} />
      {earlierMs !== null && `, ${durationWords(earlierMs)} earlier`}
    </>
  );
}
