import { LocalTime } from '@/components/ui/local-time';
import type { Source } from '@/content/article';

/** The page where a fact was read, and on which day. */
export function FactSource({ source: { title, url, read } }: { source: Source }) {
  return (
    <span className="mt-1 block text-meta text-subtle">
      <a href={url} className="underline underline-offset-2">
        {title}
      </a>
      {read !== null && (
        <>
          ,{' '}
          <span className="whitespace-nowrap">
            read <LocalTime iso={read} show="date" />
          </span>
        </>
      )}
    </span>
  );
}
