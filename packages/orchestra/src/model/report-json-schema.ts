import * as z from './zod';
import { waveReportSchema } from './wave-report';

/** The published schema of `report.json`, made from the one the code checks with. */
export function reportJsonSchema(): object {
  const schema = z.toJSONSchema(waveReportSchema, { target: 'draft-2020-12', io: 'output' });
  return { ...schema, title: 'WaveReport', description: 'What the Integration Validator found about one wave, or about any diff.' };
}
