// The four verdicts as a chart's series, in the order that verdicts always have.
import type { Series } from '@/components/ui/charts/chart-data';
import { FINAL_STATUSES } from '@/lib/verdict/verdict';
import { STATUS_LABEL } from './reason-sentence';

export const VERDICT_SERIES: readonly Series[] = FINAL_STATUSES.map((status) => ({
  key: status,
  label: STATUS_LABEL[status],
  color: status,
}));
