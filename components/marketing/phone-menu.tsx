'use client';

import { Menu, X } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useEffect, useRef } from 'react';
import type { NavigationGroup } from '@/content/site-navigation';

/** Everything there is, where the header has no room. It opens without scripts, too; with them it closes behind who leaves it. */
export function PhoneMenu({ groups, isSignedIn }: { groups: readonly NavigationGroup[]; isSignedIn: boolean }) {
  const menu = useRef<HTMLDetailsElement>(null);
  const pathname = usePathname();
  const close = () => {
    if (menu.current !== null) menu.current.open = false;
  };
  useEffect(close, [pathname]);
  useEffect(() => {
    const closeByEscape = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || menu.current?.open !== true) return;
      menu.current.open = false;
      menu.current.querySelector('summary')?.focus();
    };
    document.addEventListener('keydown', closeByEscape);
    return () => document.removeEventListener('keydown', closeByEscape);
  }, []);
  return (
    <details ref={menu} className="group lg:hidden">
      <summary className="flex size-9 list-none items-center justify-center rounded-control text-muted hover:text-fg">
        <Menu aria-hidden="true" className="size-5 group-open:hidden" />
        <X aria-hidden="true" className="hidden size-5 group-open:block" />
        <span className="sr-only">Menu</span>
      </summary>
      <div className="absolute inset-x-0 top-14 max-h-[calc(100dvh-3.5rem)] overflow-y-auto border-b border-hairline bg-bg px-4 py-6 shadow-float sm:px-6">
        <div className="mx-auto grid max-w-6xl grid-cols-2 gap-x-6 gap-y-8 sm:grid-cols-3">
          {groups.map(({ title, links }) => (
            <nav key={title} aria-label={`Menu: ${title}`}>
              <p className="text-table font-semibold">{title}</p>
              <ul className="mt-1">
                {links.map(({ href, label }) => (
                  <li key={href}>
                    <Link
                      href={href}
                      prefetch={false}
                      onClick={close}
                      className="block rounded-control py-2 text-body text-muted hover:text-fg"
                    >
                      {label}
                    </Link>
                  </li>
                ))}
              </ul>
            </nav>
          ))}
        </div>
        {/* Narrow headers have no room for it. */}
        {!isSignedIn && (
          <Link
            href="/signin"
            prefetch={false}
            onClick={close}
            className="mt-6 block rounded-control py-2 text-body min-[360px]:hidden"
          >
            Sign in
          </Link>
        )}
      </div>
    </details>
  );
}
