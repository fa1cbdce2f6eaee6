// The markup of a sheet's rows (ECMA-376 18.3). Promises that every cell of text is shown as text, as it was given: leading zeros stay,
// characters that XML can't hold are written the way Excel reads back, and nothing is a formula.
import { neutralise } from '@/lib/domain/csv-cell';
import { XLSX_CELL_MAX_CHARS } from '@/lib/domain/limits';
import type { Cell } from './exported-row';

export const SHEET_HEAD =
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
  '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetViews><sheetView workbookViewId="0">' +
  '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>';
export const SHEET_END = '</sheetData></worksheet>';

/** `no` counts from 1. */
export function sheetRow(cells: readonly Cell[], no: number): string {
  let row = `<row r="${no}">`;
  for (let at = 0; at < cells.length; at++) {
    const cell = cells[at];
    if (cell === null || cell === undefined || cell === '') continue;
    const place = `<c r="${columnName(at)}${no}"`;
    row +=
      typeof cell === 'number'
        ? `${place}><v>${cell}</v></c>`
        : `${place} t="inlineStr"><is><t xml:space="preserve">${cellText(cell)}</t></is></c>`;
  }
  return `${row}</row>`;
}

const columnNames: string[] = [];

/** A, B, … Z, AA, … */
function columnName(at: number): string {
  const known = columnNames[at];
  if (known !== undefined) return known;
  let name = '';
  for (let rest = at; rest >= 0; rest = Math.floor(rest / 26) - 1) name = String.fromCharCode(65 + (rest % 26)) + name;
  columnNames[at] = name;
  return name;
}

// Also what looks like the way in which such characters are written (ST_Xstring): `_x0041_` would be read as A.

const NOT_PLAIN = /[&<>\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)|\p{Cs}/u;
const EACH_NOT_PLAIN = new RegExp(NOT_PLAIN, 'gu');
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

function cellText(cell: string): string {
  const text = neutralise(cell).slice(0, XLSX_CELL_MAX_CHARS);
  return NOT_PLAIN.test(text) ? text.replaceAll(EACH_NOT_PLAIN, written) : text;
}

function written(character: string): string {
  const entity = ENTITIES[character];
  if (entity !== undefined) return entity;
  const code = character.charCodeAt(0);
  // Half of a pair is no character at all.
  return code >= 0xd800 && code <= 0xdfff ? '\ufffd' : `_x${code.toString(16).toUpperCase().padStart(4, '0')}_`;
}
