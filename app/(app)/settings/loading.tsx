import { Skeleton } from '@/components/ui/skeleton';

const SECTIONS = ['profile', 'email', 'password', 'sessions', 'delete'];

export default function SettingsLoading() {
  return (
    <div className="flex max-w-3xl flex-col gap-6" aria-busy="true">
      <Skeleton className="h-8 w-40" />
      {SECTIONS.map((section) => (
        <Skeleton key={section} className="h-40 w-full" />
      ))}
    </div>
  );
}
