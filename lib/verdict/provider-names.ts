// What people call the mail providers that the engine recognizes.

const PROVIDER_NAMES: Readonly<Record<string, string>> = {
  gmail: 'Gmail',
  'google-workspace': 'Google Workspace',
  'outlook-consumer': 'Outlook.com',
  'microsoft-365': 'Microsoft 365',
  yahoo: 'Yahoo Mail',
  aol: 'AOL Mail',
  icloud: 'iCloud Mail',
  gmx: 'GMX',
  'web-de': 'WEB.DE',
  zoho: 'Zoho Mail',
  fastmail: 'Fastmail',
  proton: 'Proton Mail',
  'mail-ru': 'Mail.ru',
  yandex: 'Yandex Mail',
};

/** A provider without a name here is shown under the engine's name for it. */
export const providerLabel = (provider: string): string => PROVIDER_NAMES[provider] ?? provider;
