import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { removeStaleDrafts } from './remove-stale-drafts';

test('drafts whose process is long gone are removed, fresh ones stay', async () => {
  const root = mkdtempSync(join(tmpdir(), 'orchestra-drafts-'));
  const folder = join(root, '.orchestra/drafts');
  await removeStaleDrafts(folder);
  mkdirSync(folder, { recursive: true });
  for (const name of ['old.tmp', 'fresh.tmp']) writeFileSync(join(folder, name), 'half');
  utimesSync(join(folder, 'old.tmp'), 1000, 1000);
  await removeStaleDrafts(folder);
  expect(readdirSync(folder)).toEqual(['fresh.tmp']);
  rmSync(root, { recursive: true });
});
