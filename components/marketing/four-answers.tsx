import { STATUS_LABEL, STATUS_MEANING } from '@/components/verification/reason-sentence';
import { StatusIcon } from '@/components/verification/status-icon';
import { FINAL_STATUSES } from '@/lib/verdict/verdict';

export function FourAnswers() {
  return (
    <ul className="grid gap-x-10 gap-y-6 sm:grid-cols-2 lg:grid-cols-4">
      {FINAL_STATUSES.map((status) => (
        <li key={status}>
          <StatusIcon status={status} className="size-5" />
          <p className="mt-2 text-lead font-semibold">{STATUS_LABEL[status]}</p>
          <p className="mt-1 text-body text-muted">{STATUS_MEANING[status]}</p>
        </li>
      ))}
    </ul>
  );
}
