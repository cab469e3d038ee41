import type { WaveReport } from '../../model';
import { renderJson } from '../../report/render-json';
import { renderMarkdown } from '../../report/render-markdown';
import { renderSarif } from '../../report/render-sarif';
import { renderSummary } from '../../report/render-summary';
import { renderTerminal } from '../../report/render-terminal';

export interface RenderedReport {
  readonly json: string;
  readonly markdown: string;
  readonly sarif: string;
  readonly summary: string;
  readonly terminal: string;
}

/** One report, five faces. */
export function renderGateReport(report: WaveReport): RenderedReport {
  return { json: renderJson(report), markdown: renderMarkdown(report), sarif: renderSarif(report), summary: renderSummary(report), terminal: renderTerminal(report) };
}
