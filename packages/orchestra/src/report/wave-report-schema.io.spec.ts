import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { reportJsonSchema } from '../model/report-json-schema';

const file = join(__dirname, 'wave-report.schema.json');

describe('the published schema of report.json', () => {
  it('is the one the code checks with; UPDATE_SCHEMAS=1 writes it anew', () => {
    const expected = `${JSON.stringify(reportJsonSchema(), null, 2)}\n`;
    if (process.env['UPDATE_SCHEMAS'] === '1') writeFileSync(file, expected);
    expect(readFileSync(file, 'utf8')).toBe(expected);
  });
});
