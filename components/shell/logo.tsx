import Link from 'next/link';

export const PRODUCT_NAME = 'Email Verifier';

/** An envelope whose flap is a check mark. */
export function LogoMark() {
  return (
    <svg aria-hidden="true" viewBox="0 0 24 24" className="size-6 text-accent" fill="none">
      <rect x="1" y="3" width="22" height="18" rx="5" fill="currentColor" />
      <path
        d="m6 10 4.4 4.4a1.2 1.2 0 0 0 1.7 0L18 8.5"
        stroke="var(--on-accent)"
        strokeWidth="2.2"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}

export function Logo({ href = '/' }: { href?: string }) {
  return (
    <Link href={href} className="flex items-center gap-2 rounded-control text-body font-semibold whitespace-nowrap">
      <LogoMark />
      {PRODUCT_NAME}
    </Link>
  );
}
