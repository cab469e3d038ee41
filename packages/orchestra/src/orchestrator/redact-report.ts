import type { SecretScanner } from '../io/ports';
import type { WaveReport } from '../model';
import { waveReportSchema } from '../model/wave-report';

/** Every text of a report without its secrets: tails, messages, notes and findings quote what ran and what was read. */
export async function redactReport(secrets: SecretScanner, report: WaveReport): Promise<WaveReport> {
  return waveReportSchema.parse(await redactTexts(secrets, report));
}

async function redactTexts(secrets: SecretScanner, value: unknown): Promise<unknown> {
  if (typeof value === 'string') {
    // Shorter than any key: ids, names and statuses need no scan.
    return value.length < 16 ? value : (await secrets.redact(value)).text;
  }
  if (Array.isArray(value)) {
    return Promise.all(value.map((each) => redactTexts(secrets, each)));
  }
  if (typeof value === 'object' && value !== null) {
    const entries = await Promise.all(Object.entries(value).map(async ([key, each]) => [key, await redactTexts(secrets, each)] as const));
    return Object.fromEntries(entries);
  }
  return value;
}
