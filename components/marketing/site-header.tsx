import Link from 'next/link';
import { Logo } from '@/components/shell/logo';
import { ThemeSwitch } from '@/components/shell/theme-switch';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { mainLinks, navigationGroups } from '@/content/site-navigation';
import { PhoneMenu } from './phone-menu';

const LINK = 'rounded-control px-2 py-1 text-body whitespace-nowrap text-muted transition-colors hover:text-fg';

export function SiteHeader({ hasSandbox, isSignedIn }: { hasSandbox: boolean; isSignedIn: boolean }) {
  return (
    <header className="sticky top-0 z-30 border-b border-hairline bg-bg/90 backdrop-blur">
      <div className="mx-auto flex h-14 max-w-6xl items-center gap-2 px-4 sm:px-6">
        <Logo />
        <nav aria-label="Main" className="ml-6 hidden items-center lg:flex">
          {mainLinks(hasSandbox).map(({ href, label }) => (
            <Link key={href} href={href} prefetch={false} className={LINK}>
              {label}
            </Link>
          ))}
        </nav>
        <div className="ml-auto flex items-center gap-1 sm:gap-2">
          <span className="hidden lg:block">
            <ThemeSwitch />
          </span>
          {isSignedIn ? (
            <Button asChild size="sm">
              <Link href="/dashboard" prefetch={false}>
                Dashboard
              </Link>
            </Button>
          ) : (
            <>
              <Link href="/signin" prefetch={false} className={cn(LINK, 'max-[359px]:hidden')}>
                Sign in
              </Link>
              <Button asChild size="sm">
                <Link href="/signup" prefetch={false}>
                  Start free
                </Link>
              </Button>
            </>
          )}
          <PhoneMenu groups={navigationGroups(hasSandbox)} isSignedIn={isSignedIn} />
        </div>
      </div>
    </header>
  );
}
