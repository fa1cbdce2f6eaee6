import { Spinner } from '@/components/ui/spinner';

export default function PurchaseLoading() {
  return (
    <p role="status" className="flex items-center justify-center gap-2 py-24 text-body text-muted">
      <Spinner /> Waiting for Stripe’s confirmation …
    </p>
  );
}
