import { PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX } from '@/lib/platform/limits';
import { EXPORT_FORMATS, EXPORT_SEGMENTS, type ExportSegment } from '@/lib/lists/rules/export';
import { list, recipe, table, text, type DocsPage } from './docs-page';

const SEGMENTS: Record<ExportSegment, string> = {
  all: 'Every row.',
  send: 'Rows whose recommendation is `send`.',
  review: 'Rows whose recommendation is `review`.',
  do_not_send: 'Rows whose recommendation is `do_not_send`.',
  retry: 'Rows whose recommendation is `retry`.',
  rejected: 'Lines of the file that could not be read as a row, each with an explanation.',
};

export const results: DocsPage = {
  path: '/docs/results',
  label: 'Results and exports',
  title: 'Results and exports',
  description:
    'Read the rows of a list page by page while it runs, filter them by status and reason, and download them as CSV, XLSX or JSON lines.',
  updated: '2026-11-29',
  lead: 'You can read rows while a list is running. A download keeps your columns and their order, and adds the verdict after them.',
  sections: [
    {
      id: 'pages',
      heading: 'Read rows page by page',
      blocks: [
        text(
          `\`GET /v1/lists/{id}/results\` returns ${PAGE_SIZE_DEFAULT} rows, or up to ${PAGE_SIZE_MAX} with \`limit\`. To get the next page, send the answer’s \`next_cursor\` as \`cursor\`, until it is null. The SDKs do this for you.`,
        ),
        list(
          'Filter the rows by `status`, `reason`, `provider`, or `q`, the beginning of an address or `@` and a domain.',
          'Every page takes the same work, however deep, and rows that arrive while you read are never returned twice.',
          'A duplicate names the row that was verified in its place.',
        ),
      ],
    },
    {
      id: 'download',
      heading: 'Download a file',
      blocks: [
        recipe('download.sh', 'Download the rows to send to'),
        text(`Choose a format: ${EXPORT_FORMATS.map((format) => `\`${format}\``).join(', ')}.`),
        table(
          'Segments',
          ['Segment', 'Rows'],
          EXPORT_SEGMENTS.map((segment) => [`\`${segment}\``, SEGMENTS[segment]]),
        ),
      ],
    },
    {
      id: 'again',
      heading: 'Retry unknown rows',
      blocks: [
        text(
          '`POST /v1/lists/{id}/retry-unknowns` checks only the rows whose status is `unknown` again. Rows that stay unknown cost nothing.',
        ),
      ],
    },
  ],
};
