import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { jsonSchemas } from './json-schemas';

describe('the JSON Schemas for editors', () => {
  it.each(Object.keys(jsonSchemas()))('%s is what the zod schema says (npm run docs:update writes it)', (name) => {
    const text = `${JSON.stringify(jsonSchemas()[name], undefined, 2)}\n`;
    const path = join(__dirname, name);
    if (process.env['UPDATE_GENERATED'] === '1') {
      writeFileSync(path, text);
    }
    expect(readFileSync(path, 'utf8')).toBe(text);
  });
});
