// The suite's mail hosts, each with its loopback address. All listen on one port, so that `SMTP_PORT` is one setting.
export const MAIL_HOSTS = {
  'postfix/plain': '127.0.0.2',
  'exim/plain': '127.0.0.3',
  'postfix/tls': '127.0.0.4',
  'postfix/limit': '127.0.0.5',
  'postfix/refusing': '127.0.0.6',
  'exim/busy': '127.0.0.7',
  'exim/reputation': '127.0.0.8',
  nobody: '127.0.0.9',
  'postfix/anvil': '127.0.0.10',
  'postfix/old': '127.0.0.11',
  'postfix/helo': '127.0.0.12',
  'postfix/crowd': '127.0.0.13',
  'postfix/screen': '127.0.0.14',
  'postfix/stranger': '127.0.0.15',
  'postfix/tarpit': '127.0.0.16',
  'postfix/tired': '127.0.0.17',
  'postfix/strict': '127.0.0.18',
  'postfix/picky': '127.0.0.19',
  'postfix/paced': '127.0.0.20',
  'postfix/namely': '127.0.0.21',
  'exim/crowd': '127.0.0.22',
  'exim/picky': '127.0.0.23',
  opensmtpd: '127.0.0.30',
  haraka: '127.0.0.32',
  'zoo/yes': '127.0.0.40',
  'zoo/drops': '127.0.0.41',
  'zoo/closes': '127.0.0.42',
  'zoo/one': '127.0.0.43',
  'zoo/storm': '127.0.0.44',
  'zoo/blocked': '127.0.0.45',
  'zoo/tls': '127.0.0.46',
  'zoo/bad-tls': '127.0.0.47',
  'zoo/bad-tls-only': '127.0.0.48',
  'zoo/ascii': '127.0.0.49',
  'zoo/no-null': '127.0.0.50',
  'zoo/only-null': '127.0.0.51',
  'zoo/mute': '127.0.0.52',
  'zoo/hangs-up': '127.0.0.53',
  'zoo/web': '127.0.0.54',
  'zoo/words': '127.0.0.55',
  'zoo/serial': '127.0.0.56',
  'zoo/after-yes': '127.0.0.57',
  'zoo/after-no': '127.0.0.58',
  'zoo/shuts': '127.0.0.59',
  'zoo/first-truly': '127.0.0.60',
  'zoo/first-blindly': '127.0.0.61',
  'zoo/own-words': '127.0.0.62',
  'zoo/liar': '127.0.0.63',
  'zoo/plausible': '127.0.0.64',
  'zoo/dotted': '127.0.0.65',
  'zoo/short': '127.0.0.66',
  'zoo/letters': '127.0.0.67',
  'zoo/one-sender': '127.0.0.68',
  'zoo/put-off': '127.0.0.69',
  'zoo/no-ehlo': '127.0.0.70',
  'zoo/drops-sender': '127.0.0.71',
  'zoo/denies': '127.0.0.72',
  'zoo/plain-nobody': '127.0.0.73',
  'zoo/plain-anybody': '127.0.0.74',
} as const;

export type MailHostName = keyof typeof MAIL_HOSTS;
export type ZooHostName = Extract<MailHostName, `zoo/${string}`>;

const isMailHostName = (name: string): name is MailHostName => name in MAIL_HOSTS;
const isZooHostName = (name: MailHostName): name is ZooHostName => name.startsWith('zoo/');

export const MAIL_HOST_NAMES: readonly MailHostName[] = Object.keys(MAIL_HOSTS).filter(isMailHostName);
export const ZOO_HOST_NAMES: readonly ZooHostName[] = MAIL_HOST_NAMES.filter(isZooHostName);

const BY_ADDRESS = new Map<string, MailHostName>(MAIL_HOST_NAMES.map((name) => [MAIL_HOSTS[name], name]));

/** By its name or by its address, as a log shows it. */
export const findMailHost = (nameOrAddress: string): MailHostName | null =>
  isMailHostName(nameOrAddress) ? nameOrAddress : (BY_ADDRESS.get(nameOrAddress) ?? null);

/** The mail domain of a zoo host: `drops.zoo.test`. */
export const zooDomain = (name: ZooHostName): string => `${name.slice('zoo/'.length)}.zoo.test`;
