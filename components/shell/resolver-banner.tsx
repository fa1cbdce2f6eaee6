import { TriangleAlert } from 'lucide-react';
import { resolverAdvice, resolverSentence, type ResolverTrouble } from '@/lib/verdict/health';

interface ResolverBannerProps {
  /** Null for customers, who can't do anything about it. */
  trouble: ResolverTrouble | null;
  hasSandbox: boolean;
}

/** Shown on every page of the app while the DNS of this installation is unreliable. */
export function ResolverBanner({ trouble, hasSandbox }: ResolverBannerProps) {
  return (
    <section
      aria-label="DNS problem"
      className="flex items-start gap-3 bg-warning-tint px-4 py-3 text-body text-warning sm:px-6 lg:px-8"
    >
      <TriangleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
      {trouble === null ? (
        <p>We can’t look up domains reliably right now. Checks may come out as unknown, which costs nothing; ask again later.</p>
      ) : (
        <div className="min-w-0">
          <p className="font-medium">{resolverSentence(trouble)}</p>
          <p className="mt-0.5">
            {resolverAdvice(trouble)}
            {hasSandbox && ' Sandbox addresses work as always.'}
          </p>
        </div>
      )}
    </section>
  );
}

/** The same notice below the landing page's verifier, for visitors who are about to try it. */
export function ResolverNote({ hasSandbox }: { hasSandbox: boolean }) {
  return (
    <p className="mt-4 flex items-start gap-2 rounded-card bg-warning-tint px-4 py-3 text-left text-table text-warning">
      <TriangleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
      <span>
        This installation can’t see the internet’s DNS right now, so real addresses may come out as unknown.
        {hasSandbox && ' Sandbox addresses work as always.'}
      </span>
    </p>
  );
}
