import { ArrowRight } from 'lucide-react';
import Link from 'next/link';

/** A link that leads on from a section to more about it. */
export function TextLink({ href, children }: { href: string; children: string }) {
  return (
    <Link
      href={href}
      prefetch={false}
      className="group inline-flex items-center gap-1.5 rounded-control text-body font-medium text-accent hover:underline hover:underline-offset-4"
    >
      {children}
      <ArrowRight aria-hidden="true" className="size-4 transition-transform group-hover:translate-x-0.5" />
    </Link>
  );
}
