/** A bar for a share whose figure is shown beside it, so the bar itself is only for the eye. */
export function Meter({ share, className = 'w-16' }: { share: number; className?: string }) {
  return (
    <span aria-hidden="true" className={`inline-block h-1.5 shrink-0 overflow-hidden rounded-full bg-sunken ${className}`}>
      <span
        data-fill
        className="block h-full rounded-full bg-accent"
        style={{ width: `${Math.min(1, Math.max(0, share)) * 100}%` }}
      />
    </span>
  );
}
