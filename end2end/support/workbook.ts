/** Just enough of XLSX to write a table as other programs do, and to read one back. */

import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';

/** A cell: a text, or a number such as one of Excel's dates. */
export type Cell = string | number | undefined;

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

const unescaped = (xml: string): string =>
  xml
    .replace(/&#x([0-9a-f]+);/gi, (_, code: string) => String.fromCodePoint(parseInt(code, 16)))
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');

/** The letters of a column, counted from 0. */
function letters(column: number): string {
  const last = String.fromCharCode(65 + (column % 26));
  return column < 26 ? last : letters(Math.floor(column / 26) - 1) + last;
}

/** A workbook of one sheet, its texts shared as Excel shares them. */
export function writeWorkbook(rows: readonly (readonly Cell[])[]): Buffer {
  const strings: string[] = [];
  const sheet = rows.map((row, down) => {
    const cells = row.map((cell, across) => {
      const at = `${letters(across)}${down + 1}`;
      if (cell === undefined) {
        return '';
      }
      if (typeof cell === 'number') {
        return `<c r="${at}"><v>${cell}</v></c>`;
      }
      return `<c r="${at}" t="s"><v>${strings.push(cell) - 1}</v></c>`;
    });
    return `<row r="${down + 1}">${cells.join('')}</row>`;
  });
  const shared = strings.map((text) => `<si><t xml:space="preserve">${escaped(text)}</t></si>`);
  const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const packaged = 'http://schemas.openxmlformats.org/package/2006';
  const types = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  const relations = (...targets: [string, string][]): string => {
    const each = targets.map(
      ([kind, target], place) =>
        `<Relationship Id="rId${place + 1}" Type="${office}/${kind}" Target="${target}"/>`,
    );
    return `<Relationships xmlns="${packaged}/relationships">${each.join('')}</Relationships>`;
  };
  const parts = {
    '[Content_Types].xml':
      `<Types xmlns="${packaged}/content-types">` +
      '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
      `<Override PartName="/xl/workbook.xml" ContentType="${types}.sheet.main+xml"/>` +
      `<Override PartName="/xl/worksheets/sheet1.xml" ContentType="${types}.worksheet+xml"/>` +
      `<Override PartName="/xl/sharedStrings.xml" ContentType="${types}.sharedStrings+xml"/></Types>`,
    '_rels/.rels': relations(['officeDocument', 'xl/workbook.xml']),
    'xl/workbook.xml':
      `<workbook xmlns="${main}" xmlns:r="${office}"><sheets>` +
      '<sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>',
    'xl/_rels/workbook.xml.rels': relations(
      ['worksheet', 'worksheets/sheet1.xml'],
      ['sharedStrings', 'sharedStrings.xml'],
    ),
    'xl/worksheets/sheet1.xml':
      `<worksheet xmlns="${main}"><sheetData>${sheet.join('')}</sheetData></worksheet>`,
    'xl/sharedStrings.xml': `<sst xmlns="${main}" count="${strings.length}" uniqueCount="${strings.length}">${shared.join('')}</sst>`,
  };
  const files = Object.entries(parts).map(([name, xml]) => [name, strToU8(head + xml)] as const);
  return Buffer.from(zipSync(Object.fromEntries(files)));
}

/** A sheet as it was read. */
export interface Sheet {
  name: string;
  rows: string[][];
  /** Cells that a spreadsheet would compute. */
  formulas: number;
}

/** The sheets of a workbook in the order of their tabs, every cell as its text. */
export function readWorkbook(content: Buffer): Sheet[] {
  const parts = unzipSync(content);
  const part = (name: string): string => {
    const found = parts[name];
    return found === undefined ? '' : strFromU8(found);
  };
  const shared = [...part('xl/sharedStrings.xml').matchAll(/<si>(.*?)<\/si>|<si\/>/gs)].map(
    ([, item]) => texts(item ?? ''),
  );
  const targets = new Map(
    [...part('xl/_rels/workbook.xml.rels').matchAll(/<Relationship\b[^>]*>/g)].map(([tag]) => [
      attribute(tag, 'Id'),
      attribute(tag, 'Target'),
    ]),
  );
  return [...part('xl/workbook.xml').matchAll(/<sheet\b[^>]*>/g)].map(([tag]) => {
    const target = targets.get(attribute(tag, 'r:id')) ?? '';
    const xml = part(target.startsWith('/') ? target.slice(1) : `xl/${target}`);
    const rows = [...xml.matchAll(/<row\b[^>]*>(.*?)<\/row>/gs)].map(([, row]) => {
      const cells: string[] = [];
      for (const [, open = '', body = ''] of (row ?? '').matchAll(
        /<c\b([^>]*?)(?:\/>|>(.*?)<\/c>)/gs,
      )) {
        const value = /<v>(.*?)<\/v>/s.exec(body)?.[1];
        const isShared = attribute(open, 't') === 's';
        const text = isShared
          ? (shared[Number(value)] ?? '')
          : value === undefined
            ? texts(body)
            : unescaped(value);
        cells[columnOf(attribute(open, 'r'))] = text;
      }
      return Array.from(cells, (cell) => cell ?? '');
    });
    return { name: attribute(tag, 'name'), rows, formulas: xml.match(/<f\b/g)?.length ?? 0 };
  });
}

const texts = (xml: string): string =>
  [...xml.matchAll(/<t\b[^>]*>(.*?)<\/t>/gs)].map(([, text]) => unescaped(text ?? '')).join('');

const attribute = (tag: string, name: string): string =>
  unescaped(new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(tag)?.[1] ?? '');

/** The column of a reference such as `AB12`, counted from 0. */
function columnOf(reference: string): number {
  let column = 0;
  for (const letter of reference.replace(/\d+$/, '')) {
    column = column * 26 + letter.charCodeAt(0) - 64;
  }
  return column - 1;
}
