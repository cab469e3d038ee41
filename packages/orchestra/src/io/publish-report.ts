import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeFileAtomically } from './atomic-write';
import { draftFolder } from './local-state';

/** Texts of one report, by face. */
export interface ReportTexts {
  readonly json: string;
  readonly markdown: string;
  readonly sarif: string;
  readonly summary: string;
}

/**
 * Writes a report into every folder: `report.json` and `report.md`, and SARIF beside them under `.orchestra/`, where it is
 * local. Each file is whole or absent, because a half report would be read as one.
 */
export async function publishReport(root: string, folders: readonly string[], texts: ReportTexts): Promise<void> {
  for (const folder of folders) {
    const files = { 'report.json': texts.json, 'report.md': texts.markdown, ...(folder.startsWith('.orchestra/') ? { 'report.sarif': texts.sarif, 'summary.md': texts.summary } : {}) };
    for (const [name, text] of Object.entries(files)) {
      await writeFileAtomically(join(root, folder, name), text, { draftFolder: join(root, draftFolder) });
    }
  }
}

/** Adds to the CI job's step summary, when the job has one. */
export async function appendStepSummary(text: string): Promise<void> {
  const path = process.env['GITHUB_STEP_SUMMARY'];
  if (path !== undefined && path !== '') {
    await appendFile(path, `${text}\n`);
  }
}
