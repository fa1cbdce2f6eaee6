// The links of the header, the phone menu and the footer. The groups are both the footer's columns and the sections of the phone menu, so a
// phone has every link.
export interface NavigationLink {
  href: string;
  label: string;
}

export interface NavigationGroup {
  title: string;
  links: readonly NavigationLink[];
}

const SANDBOX: NavigationLink = { href: '/sandbox', label: 'Sandbox' };

export const mainLinks = (hasSandbox: boolean): readonly NavigationLink[] => [
  { href: '/learn/how-it-works', label: 'How it works' },
  { href: '/use-cases', label: 'Use cases' },
  { href: '/pricing', label: 'Pricing' },
  { href: '/developers', label: 'Developers' },
  { href: '/docs', label: 'Docs' },
  { href: '/learn', label: 'Learn' },
  { href: '/compare', label: 'Compare' },
  ...(hasSandbox ? [SANDBOX] : []),
];

export const navigationGroups = (hasSandbox: boolean): readonly NavigationGroup[] => [
  {
    title: 'Product',
    links: [
      { href: '/', label: 'Free verifier' },
      { href: '/learn/how-it-works', label: 'How it works' },
      { href: '/pricing', label: 'Pricing' },
      { href: '/accuracy', label: 'Accuracy' },
      { href: '/compare', label: 'Compare' },
      { href: '/changelog', label: 'Changelog' },
      { href: '/status', label: 'Status' },
    ],
  },
  {
    title: 'Developers',
    links: [
      { href: '/developers', label: 'API and SDKs' },
      { href: '/docs', label: 'Documentation' },
      { href: '/docs/api', label: 'API reference' },
      { href: '/widget', label: 'Form widget' },
      { href: '/docs/self-hosting', label: 'Self-hosting' },
      ...(hasSandbox ? [SANDBOX] : []),
    ],
  },
  {
    title: 'Use cases',
    links: [
      { href: '/use-cases/signup-forms', label: 'Signup forms' },
      { href: '/use-cases/list-cleaning', label: 'List cleaning' },
      { href: '/use-cases/crm-hygiene', label: 'CRM hygiene' },
      { href: '/use-cases/agencies', label: 'Agencies' },
    ],
  },
  {
    title: 'Learn',
    links: [
      { href: '/learn', label: 'All articles' },
      { href: '/learn/what-is-email-verification', label: 'Email verification' },
      { href: '/learn/smtp-verification', label: 'SMTP verification' },
      { href: '/learn/best-practices', label: 'Best practices' },
      { href: '/glossary', label: 'Glossary' },
    ],
  },
  {
    title: 'Company',
    links: [
      { href: '/security', label: 'Security' },
      { href: '/contact', label: 'Contact' },
      { href: '/terms', label: 'Terms' },
      { href: '/acceptable-use', label: 'Acceptable use' },
      { href: '/privacy', label: 'Privacy' },
      { href: '/dpa', label: 'Data processing' },
      { href: '/sub-processors', label: 'Sub-processors' },
    ],
  },
];
