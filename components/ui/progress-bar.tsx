import { cn } from './cn';

interface ProgressBarProps {
  /** 0–1; null while the progress is unknown. */
  share: number | null;
  label: string;
  className?: string;
}

/** A bar that shows progress. */
export function ProgressBar({ share, label, className }: ProgressBarProps) {
  const percent = share === null ? null : Math.round(Math.min(1, Math.max(0, share)) * 100);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      {...(percent !== null && { 'aria-valuenow': percent })}
      className={cn('h-1.5 overflow-hidden rounded-full bg-sunken', className)}
    >
      <div
        data-fill
        className={cn(
          'h-full rounded-full bg-accent transition-[width] duration-200',
          percent === null && 'motion-safe:animate-pulse',
        )}
        style={{ width: `${percent ?? 100}%` }}
      />
    </div>
  );
}
