import { PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX } from '@/lib/platform/limits';
import { EXPORT_FORMATS, EXPORT_SEGMENTS, type ExportSegment } from '@/lib/lists/rules/export';
import { list, recipe, table, text, type DocsPage } from './docs-page';

const SEGMENTS: Record<ExportSegment, string> = {
  all: 'Every row.',
  send: 'Rows whose recommendation is `send`.',
  review: 'Rows whose recommendation is `review`.',
  do_not_send: 'Rows whose recommendation is `do_not_send`.',
  retry: 'Rows whose recommendation is `retry`.',
  rejected: 'Lines of the file that could not be read as a row, with why.',
};

export const results: DocsPage = {
  path: '/docs/results',
  label: 'Results and exports',
  title: 'Results and exports',
  description:
    'Read the rows of a list page by page while it runs, filter them by status and reason, and download them as CSV, XLSX or JSON lines.',
  updated: '2026-11-29',
  lead: 'Rows can be read while a list is running. A download keeps your columns and their order, and adds the verdict behind them.',
  sections: [
    {
      id: 'pages',
      heading: 'Page by page',
      blocks: [
        text(
          `\`GET /v1/lists/{id}/results\` gives ${PAGE_SIZE_DEFAULT} rows, or \`limit\` up to ${PAGE_SIZE_MAX}. Ask again with \`cursor\` set to the \`next_cursor\` of the answer, until it is null. The SDKs do that for you.`,
        ),
        list(
          '`status` and `reason` filter; so do `provider`, and `q` for a part of the address.',
          'A page costs the same at any depth, and rows that come in meanwhile are never given twice.',
          'A duplicate names the row that was verified for it.',
        ),
      ],
    },
    {
      id: 'download',
      heading: 'Download a file',
      blocks: [
        recipe('download.sh', 'Download the rows to send to'),
        text(`The format is ${EXPORT_FORMATS.map((format) => `\`${format}\``).join(', ')}.`),
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
          '`POST /v1/lists/{id}/retry-unknowns` asks only the rows whose status is `unknown`. What stays unknown costs nothing.',
        ),
      ],
    },
  ],
};
