// A link to one of our pages, for mails: from the setting APP_URL only, never from what a request says about itself.
import { env } from '@/lib/env';

export function siteLink(path: string, query: Readonly<Record<string, string>> = {}): string {
  const url = new URL(path, `${env().APP_URL}/`);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url.toString();
}
