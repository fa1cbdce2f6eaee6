// The seven layers in words: a name, the question that it asks, and what it looks at.
import type { LayerName, LayerStatus } from '@/lib/verdict/evidence';

interface LayerCopy {
  title: string;
  question: string;
  detail: string;
}

export const LAYER_COPY: Record<LayerName, LayerCopy> = {
  syntax: {
    title: 'Syntax',
    question: 'Could a public mail server accept this address?',
    detail:
      'The rules of RFC 5321 and 6531, international names included, and what Gmail, Outlook, Yahoo and iCloud allow in a name.',
  },
  domain: {
    title: 'Domain',
    question: 'Does the domain exist?',
    detail: 'A domain that doesn’t exist is told apart from name servers that are temporarily down.',
  },
  mx: {
    title: 'Mail hosts',
    question: 'Who takes its mail?',
    detail:
      'MX records by preference, the domain’s own address where there are none, and domains that say they take no mail at all.',
  },
  disposable: {
    title: 'Disposable',
    question: 'Is it a disposable provider?',
    detail:
      'By maintained lists and by the mail hosts behind the domain. Private relay services are not disposable, and are named apart.',
  },
  role: {
    title: 'Role',
    question: 'Is it a person or a function?',
    detail: 'Names such as info@ or noreply@, free-mail providers and +tags.',
  },
  smtp: {
    title: 'Mailbox',
    question: 'What does the mail host say about this mailbox?',
    detail: 'We go as far as RCPT TO, keep the reply word for word, and leave. No message is ever sent.',
  },
  catch_all: {
    title: 'Catch-all',
    question: 'Does the domain accept every name?',
    detail: 'A made-up name is asked beside the real one. If that is accepted too, a yes proves nothing, and we say so.',
  },
};

export const LAYER_STATUS_LABEL: Record<LayerStatus, string> = {
  passed: 'passed',
  failed: 'failed',
  warning: 'warning',
  unknown: 'could not tell',
  skipped: 'not needed',
};
