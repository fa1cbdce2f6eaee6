import { RelativeTime } from '@/components/ui/relative-time';

/** What a server said when it last refused us. The blocklist's address often stands at the end, so the words open in full. */
export function LastRefusal({ words, at }: { words: string; at: string | null }) {
  return (
    <>
      <details className="group">
        <summary className="list-none rounded-control font-mono text-meta break-words text-fg">
          <span className="line-clamp-2 group-open:line-clamp-none">{words}</span>
        </summary>
      </details>
      {at !== null && (
        <p className="text-meta text-muted">
          <RelativeTime iso={at} />
        </p>
      )}
    </>
  );
}
