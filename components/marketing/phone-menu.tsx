import { Menu, X } from 'lucide-react';
import Link from 'next/link';
import type { NavigationGroup } from '@/content/site-navigation';

const ID = 'phone-menu';

/**
 * All links, where the header has no room for them. The browser opens and closes the menu: by Escape, by a press elsewhere, or with the
 * page: its links load whole pages, as they would anyway while a page's scripts are not loaded yet.
 */
export function PhoneMenu({ groups, isSignedIn }: { groups: readonly NavigationGroup[]; isSignedIn: boolean }) {
  return (
    <div className="group lg:hidden">
      <button
        type="button"
        popoverTarget={ID}
        className="flex size-9 items-center justify-center rounded-control text-muted hover:text-fg"
      >
        <Menu aria-hidden="true" className="size-5 group-has-[:popover-open]:hidden" />
        <X aria-hidden="true" className="hidden size-5 group-has-[:popover-open]:block" />
        <span className="sr-only">Menu</span>
      </button>
      <div
        id={ID}
        popover="auto"
        className="inset-x-0 top-14 bottom-auto m-0 max-h-[calc(100dvh-3.5rem)] w-full overflow-y-auto border-b border-hairline bg-bg px-4 py-6 text-fg shadow-float sm:px-6"
      >
        <div className="mx-auto grid max-w-6xl grid-cols-2 gap-x-6 gap-y-8 sm:grid-cols-3">
          {groups.map(({ title, links }) => (
            <nav key={title} aria-label={`Menu: ${title}`}>
              <p className="text-table font-semibold">{title}</p>
              <ul className="mt-1">
                {links.map(({ href, label }) => (
                  <li key={href}>
                    <a href={href} className="block rounded-control py-2 text-body text-muted hover:text-fg">
                      {label}
                    </a>
                  </li>
                ))}
              </ul>
            </nav>
          ))}
        </div>
        {/* Narrow headers have no room for this link. */}
        {!isSignedIn && (
          <Link href="/signin" prefetch={false} className="mt-6 block rounded-control py-2 text-body min-[360px]:hidden">
            Sign in
          </Link>
        )}
      </div>
    </div>
  );
}
