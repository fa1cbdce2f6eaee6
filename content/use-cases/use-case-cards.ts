// The use cases in a sentence each, for pages that link to them. Apart from the articles, whose examples bring scripts with them.
export const USE_CASE_CARDS = [
  {
    path: '/use-cases/signup-forms',
    title: 'Signup forms',
    text: 'Catch typos, dead mailboxes and disposable addresses while people type, and never hold the form up.',
  },
  {
    path: '/use-cases/list-cleaning',
    title: 'List cleaning',
    text: 'Upload a list before you send to it. See the most it can cost first, and export what is safe.',
  },
  {
    path: '/use-cases/crm-hygiene',
    title: 'CRM hygiene',
    text: 'Check what was last seen long ago, and act only on what changed.',
  },
  {
    path: '/use-cases/agencies',
    title: 'Agencies',
    text: 'Show clients the evidence, keep their budgets apart, or run all of it under your own name.',
  },
] as const;
