import { Alert } from '@/components/ui/alert';
import type { PlanView } from '@/lib/billing/rules/billing';

/** After a change. Hidden once the plan is no longer the one in the notice, even if the URL still says so. */
export function ChangeNotice({ notice, plan }: { notice: string | null; plan: PlanView }) {
  if (plan.state !== 'active') return null;
  if (notice === 'changed' && plan.next === null) return <Alert tone="success">The plan is changed.</Alert>;
  if (notice !== 'scheduled' || plan.next === null) return null;
  return <Alert tone="success">The plan will change at the end of the paid period.</Alert>;
}
