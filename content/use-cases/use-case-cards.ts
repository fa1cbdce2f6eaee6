// One sentence about each use case, for pages that link to them. Kept apart from the articles, whose examples pull in scripts.
export const USE_CASE_CARDS = [
  {
    path: '/use-cases/signup-forms',
    title: 'Signup forms',
    text: 'Catch typos, dead mailboxes and disposable addresses before the form is sent, without holding it up.',
  },
  {
    path: '/use-cases/list-cleaning',
    title: 'List cleaning',
    text: 'Upload a list before you send. See the most it can cost first, and export the addresses you can mail.',
  },
  {
    path: '/use-cases/crm-hygiene',
    title: 'CRM hygiene',
    text: 'Recheck addresses you haven’t heard from in a while, and act only on what changed.',
  },
  {
    path: '/use-cases/agencies',
    title: 'Agencies',
    text: 'Show clients the evidence, give each a budget, or host it all under your own name.',
  },
] as const;
