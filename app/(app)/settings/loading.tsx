import { FormSkeleton } from '@/components/ui/card-skeleton';
import { PageHeader } from '@/components/ui/page-header';

export default function SettingsLoading() {
  return (
    <div aria-busy="true">
      <PageHeader title="Settings" description="Your account, which belongs to you, and the workspace’s blocklist." />
      <div className="flex max-w-3xl flex-col gap-6">
        <FormSkeleton title="Profile" description="Your name in the workspace." fields={1} />
        <FormSkeleton title="Email address" fields={2} />
        <FormSkeleton title="Password" fields={2} />
        <FormSkeleton title="Sessions" fields={1} hasButton={false} />
      </div>
    </div>
  );
}
