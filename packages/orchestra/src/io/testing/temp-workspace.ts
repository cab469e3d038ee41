import { existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { type TempFiles, type TempRepository, tempRepository } from './temp-repository';

/** `node_modules` that our own dependencies were installed into. */
function installed(): string {
  return resolve(dirname(createRequire(__filename).resolve('picomatch/package.json')), '..');
}

/**
 * A temporary repository that looks like an installed npm workspace: `packages/*` linked by name as npm links them, and
 * the named third-party packages (default: all) of this very workspace.
 */
export function tempWorkspace(files: TempFiles, thirdParty: readonly string[] = thirdPartyNames()): TempRepository {
  const temp = tempRepository({ '.gitignore': 'node_modules/\n.nx/\ndist/\n.orchestra/\n', 'package.json': '{"name":"temp","private":true,"workspaces":["packages/*"]}\n', ...files });
  const modules = join(temp.root, 'node_modules');
  for (const name of thirdParty) link(join(installed(), name), join(modules, name));
  for (const [path, content] of Object.entries(files)) {
    const folder = /^(packages\/[^/]+)\/package\.json$/.exec(path)?.[1];
    const name = folder && typeof content === 'string' ? (JSON.parse(content) as { name: string }).name : undefined;
    if (folder && name) link(relative(dirname(join(modules, name)), join(temp.root, folder)), join(modules, name));
  }
  return temp;
}

function link(target: string, path: string): void {
  mkdirSync(dirname(path), { recursive: true });
  if (!existsSync(path)) symlinkSync(target, path);
}

function thirdPartyNames(): readonly string[] {
  const names = readdirSync(installed()).filter((name) => !name.startsWith('.') && name !== '@aisha');
  return names.flatMap((name) => (name.startsWith('@') ? readdirSync(join(installed(), name)).map((inner) => `${name}/${inner}`) : [name]));
}
