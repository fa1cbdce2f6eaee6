// How the big mailbox providers treat the part before the @ sign: which characters their mailbox names can have, and which spellings reach
// the same mailbox (dots, tags). No rule here can refuse a mailbox that exists. The minimum lengths of today's sign-up forms are left out,
// since older and staff mailboxes are shorter (the creator of Gmail used a four-letter name), and so are rules about the first character.
// Says nothing about other domains.

export interface MailboxFamily {
  name: string;
  domains: readonly string[];
  /** The domain under which the family's domains are all written, if they share one set of mailboxes. */
  canonicalDomain?: string;
  /** Returns the name that identifies the mailbox, if the provider ignores some characters or treats one as another. */
  fold?: (name: string) => string;
  /** Null if tags are not known to work there, so nothing is stripped. */
  tagSeparator: '+' | '-' | null;
  /** What a mailbox name without its tag can look like. */
  rule?: { pattern: RegExp; maxLength: number; message: string };
}

const under = (name: string, endings: string): string[] => endings.split(' ').map((ending) => `${name}.${ending}`);

const MICROSOFT = [
  'msn.com',
  'windowslive.com',
  'passport.com',
  ...under(
    'outlook',
    'com at be cl co.id co.il co.th com.ar com.au com.br com.gr com.tr com.vn cz de dk es fr hu ie in it jp kr lv',
  ),
  ...under('outlook', 'my ph pt sa sg sk'),
  ...under(
    'hotmail',
    'com be ca ch co.id co.il co.in co.jp co.kr co.nz co.th co.uk co.za com.ar com.au com.br com.hk com.tr com.tw',
  ),
  ...under('hotmail', 'com.vn cz de dk es fi fr gr hu it lt lv my nl no ph rs se sg sk'),
  ...under(
    'live',
    'com at be ca cl cn co.kr co.uk co.za com.ar com.au com.mx com.my com.ph com.pt com.sg de dk fi fr hk ie in it jp nl no',
  ),
  ...under('live', 'ru se'),
];
const YAHOO = [
  'ymail.com',
  'rocketmail.com',
  'myyahoo.com',
  ...under(
    'yahoo',
    'com at be bg ca cl co.id co.il co.in co.kr co.nz co.th co.uk co.za com.ar com.au com.br com.co com.hk com.hr com.mx',
  ),
  ...under(
    'yahoo',
    'com.my com.pe com.ph com.sg com.tr com.tw com.ua com.ve com.vn cz de dk ee es fi fr gr hu ie in it lt lv nl no pl',
  ),
  ...under('yahoo', 'pt ro rs se sk'),
];

const FAMILIES: readonly MailboxFamily[] = [
  {
    name: 'Gmail',
    domains: ['gmail.com', 'googlemail.com'],
    canonicalDomain: 'gmail.com',
    fold: (name) => name.replaceAll('.', ''),
    tagSeparator: '+',
    rule: { pattern: /^[a-z0-9.]+$/i, maxLength: 30, message: 'Gmail names have at most 30 letters and digits, and dots.' },
  },
  {
    name: 'Outlook.com',
    domains: MICROSOFT,
    tagSeparator: '+',
    rule: {
      pattern: /^[a-z0-9._-]+$/i,
      maxLength: 64,
      message: 'Outlook.com names have only letters, digits, dots, hyphens and underscores.',
    },
  },
  {
    name: 'Yahoo',
    domains: YAHOO,
    tagSeparator: '-',
    // A plus is allowed: whether Yahoo supports plus tags has changed over the years.
    rule: { pattern: /^[a-z0-9._+]+$/i, maxLength: 64, message: 'Yahoo names have only letters, digits, dots and underscores.' },
  },
  {
    name: 'iCloud',
    domains: ['icloud.com', 'me.com', 'mac.com'],
    tagSeparator: '+',
    // Hide My Email makes names such as `word-word.0x` on icloud.com itself.
    rule: {
      pattern: /^[a-z0-9._-]+$/i,
      maxLength: 64,
      message: 'iCloud names have only letters, digits, dots, hyphens and underscores.',
    },
  },
  { name: 'Fastmail', domains: ['fastmail.com', 'fastmail.fm'], tagSeparator: '+' },
  {
    name: 'Proton Mail',
    domains: ['proton.me', 'protonmail.com', 'protonmail.ch', 'pm.me'],
    // No canonical domain: an account has its name on some of these domains, but not always on all.
    fold: (name) => name.replace(/[._-]/g, ''),
    tagSeparator: '+',
  },
  {
    name: 'Yandex',
    // A name is registered on all of Yandex's domains at once.
    domains: ['yandex.ru', 'yandex.com', 'yandex.by', 'yandex.kz', 'yandex.ua', 'yandex.com.tr', 'ya.ru'],
    canonicalDomain: 'yandex.ru',
    fold: (name) => name.replaceAll('.', '-'),
    tagSeparator: '+',
    rule: plainNames('Yandex'),
  },
  { name: 'AOL', domains: ['aol.com', 'aim.com'], tagSeparator: null, rule: plainNames('AOL') },
  {
    name: 'Mail.ru',
    domains: ['mail.ru', 'bk.ru', 'list.ru', 'inbox.ru', 'internet.ru', 'xmail.ru'],
    tagSeparator: null,
    rule: plainNames('Mail.ru'),
  },
  {
    name: 'GMX',
    domains: ['gmx.de', 'gmx.net', 'gmx.at', 'gmx.ch', 'gmx.com', 'gmx.us', 'gmx.co.uk', 'gmx.fr', 'gmx.es', 'gmx.it'],
    tagSeparator: null,
    rule: plainNames('GMX'),
  },
  { name: 'WEB.DE', domains: ['web.de'], tagSeparator: null, rule: plainNames('WEB.DE') },
  { name: 'QQ Mail', domains: ['qq.com', 'vip.qq.com', 'foxmail.com'], tagSeparator: null, rule: plainNames('QQ Mail') },
  {
    name: 'NetEase',
    domains: ['163.com', '126.com', 'yeah.net', '188.com', 'vip.163.com', 'vip.126.com'],
    tagSeparator: null,
    rule: plainNames('NetEase'),
  },
];

/** Anyone can open a mailbox at each of these providers. */
export const MAILBOX_FAMILY_DOMAINS: readonly string[] = FAMILIES.flatMap((family) => family.domains);

const FAMILY_OF = new Map(
  FAMILIES.flatMap((family) => family.domains.map((domain): [string, MailboxFamily] => [domain, family])),
);

export const findMailboxFamily = (domain: string): MailboxFamily | null => FAMILY_OF.get(domain) ?? null;

export function tagOf(localPart: string, family: MailboxFamily | null): string | null {
  const at = separatorAt(localPart, family);
  return at === -1 ? null : localPart.slice(at + 1);
}

export function canonicalLocalPart(localPart: string, family: MailboxFamily | null): string {
  const lower = localPart.toLowerCase().normalize('NFC');
  if (family === null || lower.startsWith('"')) return lower;
  const name = family.tagSeparator === null ? lower : withoutTag(lower, family);
  return family.fold?.(name) ?? name;
}

/** The part before a plus. It is a tag nearly everywhere, but only by convention, so this can name another mailbox. */
export function withoutPlusTag(localPart: string): string {
  const at = separatorAt(localPart, null);
  return at === -1 ? localPart : localPart.slice(0, at);
}

/** Returns a plain sentence if the provider cannot have such a mailbox, else null. */
export function findProviderSyntaxProblem(address: { localPart: string; domain: string }): string | null {
  const family = findMailboxFamily(address.domain);
  if (family?.rule === undefined) return null;
  const name = withoutTag(address.localPart, family);
  const { length } = family.fold?.(name) ?? name;
  return family.rule.pattern.test(name) && length <= family.rule.maxLength ? null : family.rule.message;
}

/** Letters, digits, dots, hyphens and underscores; also a plus, if it is unknown whether the provider supports plus tags. */
function plainNames(provider: string): NonNullable<MailboxFamily['rule']> {
  const message = `${provider} names have only letters, digits, dots, hyphens and underscores.`;
  return { pattern: /^[a-z0-9._+-]+$/i, maxLength: 64, message };
}

/** Where the tag starts, or -1. A separator at the very start does not separate anything. */
function separatorAt(localPart: string, family: MailboxFamily | null): number {
  if (localPart.startsWith('"')) return -1;
  // At other providers a plus is a tag only by convention: it is shown as a tag but never stripped.
  const at = localPart.indexOf(family?.tagSeparator ?? '+');
  return at > 0 ? at : -1;
}

function withoutTag(localPart: string, family: MailboxFamily): string {
  const at = separatorAt(localPart, family);
  return at === -1 ? localPart : localPart.slice(0, at);
}
