import { LocalTime } from '@/components/ui/local-time';
import { durationWords } from '@/lib/verdict/evidence';

/** From here on the time of day alone could be taken for today's. */
const DATE_SHOWN_MS = 12 * 3_600_000;

interface RememberedFromProps {
  iso: string;
  /** How long before it was used; null where that is not known. */
  earlierMs: number | null;
}

/** `14:02, 3 minutes earlier`: when something was learned that was not asked for this check. */
export function RememberedFrom({ iso, earlierMs }: RememberedFromProps) {
  const hasDate = earlierMs === null || earlierMs >= DATE_SHOWN_MS;
  return (
    <>
      <LocalTime iso={iso} show={hasDate ? 'both' : 'time'} />
      {earlierMs !== null && `, ${durationWords(earlierMs)} earlier`}
    </>
  );
}
