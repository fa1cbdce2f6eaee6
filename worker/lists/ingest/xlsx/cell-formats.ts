// Which formats of a workbook show numbers as dates, and what such a number reads as: ISO 8601, as a list that is passed on to other programs
// should have it. All other numbers stay as they are written.
import type { Workbook } from './open-workbook';
import { drain, readXml } from './read-xml';

/** Date and time formats that need no definition (ECMA-376 18.8.30). */
const isBuiltInDate = (id: number): boolean => (id >= 14 && id <= 22) || (id >= 45 && id <= 47);

/** Letters of dates, outside of quoted words, colors and escapes. */
const LITERALS = /"[^"]*"|\[[^\]]*\]|\\.|_./g;
const DATE_LETTERS = /[ymdhs]/i;

const DAY_MS = 86_400_000;
const EPOCH_1900 = Date.UTC(1899, 11, 30);
const EPOCH_1904 = Date.UTC(1904, 0, 1);
/** 9999-12-31 */
const DAYS_MAX = 2_958_466;

export class CellFormats {
  constructor(
    private readonly dateStyles: ReadonlySet<string> = new Set(),
    private readonly epochMs = EPOCH_1900,
  ) {}

  show(value: string, style: string): string {
    if (!this.dateStyles.has(style)) return value;
    const days = Number(value);
    if (!Number.isFinite(days) || days < 0 || days >= DAYS_MAX) return value;
    const iso = new Date(this.epochMs + Math.round((days * DAY_MS) / 1_000) * 1_000).toISOString();
    if (days < 1) return iso.slice(11, 19);
    return Number.isInteger(days) ? iso.slice(0, 10) : iso.slice(0, 19);
  }
}

export interface FormatParts {
  workbook: Workbook;
  styles: string | null;
  /** The workbook counts its days from 1904. */
  is1904: boolean;
}

export async function readCellFormats({ workbook, styles, is1904 }: FormatParts): Promise<CellFormats> {
  const epochMs = is1904 ? EPOCH_1904 : EPOCH_1900;
  if (styles === null) return new CellFormats(new Set(), epochMs);
  const dateFormats = new Set<number>();
  const dateStyles = new Set<string>();
  let isCellStyle = false;
  let style = 0;
  const events = readXml(workbook.read(styles), {
    open: (name, attributes) => {
      const id = Number(attributes.numFmtId);
      if (name === 'numFmt' && DATE_LETTERS.test((attributes.formatCode ?? '').replace(LITERALS, ''))) dateFormats.add(id);
      else if (name === 'cellXfs') isCellStyle = true;
      else if (name === 'xf' && isCellStyle) {
        if (isBuiltInDate(id) || dateFormats.has(id)) dateStyles.add(String(style));
        style++;
      }
    },
    close: (name) => {
      if (name === 'cellXfs') isCellStyle = false;
    },
  });
  await drain(events);
  return new CellFormats(dateStyles, epochMs);
}
