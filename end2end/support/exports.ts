/** Files of a list, read back as other programs read them. */

import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import type { Page } from '@playwright/test';
import { readWorkbook } from './workbook.ts';

/** What the formats have in common: a row by the headings of the table. */
export type Row = Record<string, string>;

export interface JsonRow {
  review: string;
  paragraph: string;
  text: string | null;
  summary: string | null;
  recommending_states: { code: string; name: string }[] | null;
  position: { code: string; label: string };
  status: { code: string; label: string } | null;
  rationale: string | null;
  confidence: { code: string; label: string } | null;
  evidence: { title: string; source: string }[] | null;
  permalink: string;
}

export interface JsonExport {
  about: Record<string, string | null>;
  recommendations: JsonRow[];
}

/** Downloads a file as a person does: by the link on the list. */
export async function download(page: Page, format: 'CSV' | 'XLSX' | 'JSON'): Promise<Buffer> {
  const arriving = page.waitForEvent('download');
  const files = page.getByRole('list', { name: 'All rows as a file' });
  if (!(await files.isVisible())) await page.getByText('Download and cite').click();
  await files
    .getByRole('link', { name: format, exact: true })
    .click();
  const arrived = await arriving;
  const { pathname } = new URL(arrived.url());
  if (!pathname.endsWith(`/recommendations.${format.toLowerCase()}`)) {
    throw new Error(`${format} came from ${pathname}, not from the list's own address.`);
  }
  return readFile(await arrived.path());
}

export function readCsv(content: Buffer | string): Row[] {
  return parse(content, { bom: true, columns: true }) as Row[];
}

export const readJson = (content: Buffer | string): JsonExport =>
  JSON.parse(content.toString()) as JsonExport;

/** The rows of the workbook's first sheet, and everything that the second says about the file. */
export function readXlsx(content: Buffer): { rows: Row[]; about: Row; formulas: number } {
  const sheets = readWorkbook(content);
  const [headings = [], ...rows] = sheets[0]?.rows ?? [];
  const named = rows.map((row) =>
    Object.fromEntries(headings.map((heading, place) => [heading, row[place] ?? ''])),
  );
  const about = Object.fromEntries(
    (sheets[1]?.rows ?? []).map(([name = '', value = '']) => [name, value]),
  );
  return { rows: named, about, formulas: sheets.reduce((sum, sheet) => sum + sheet.formulas, 0) };
}
