import type { SecretSettings } from '../../model';
import { placesByLine } from '../../syntax/places-by-line';
import { namedLiterals } from '../../syntax/named-literals';
import type { SourceView } from '../../syntax/source-view';
import { defineRule, type RuleSite } from '../define-rule';
import { isPlaceholder, isSecretName, secretSettings } from './secret-names';
import { looksInvented, secretShapes } from './secret-shapes';

const testFile = /(^|\/)(__tests__|__fixtures__|fixtures|tests?)\/|\.(test|spec)\.[^/]+$/;

/** A credential written down: by its shape, by the name it is given to, as a default in compose or CI, or as an `.env` file. */
export const hardcodedSecret = defineRule<SecretSettings>({
  name: 'hardcoded-secret',
  family: 'hardcoded-secret',
  settings: secretSettings,
  looksAt: (path, kind) => kind !== 'lock' && !/\.(snap|svg|map|min\.js)$/.test(path),
  sites: (view, settings) => {
    const place = placesByLine(view);
    return [...byShape(view), ...byName(view, settings), ...byDefault(view, settings), ...byEnvFile(view, settings)].map(({ line, subject, value, because, severity }): RuleSite => {
      const { name, range } = place(line);
      const weaker = testFile.test(view.path) || /\.(md|mdx|txt)$/.test(view.path) ? 'warn' : severity;
      return { where: name, subject, shape: value, outline: value, range: [line, line], functionRange: range, because, ...(weaker === undefined ? {} : { severity: weaker }) };
    });
  },
});

interface Written {
  readonly line: number;
  readonly subject: string;
  readonly value: string;
  readonly because: string;
  readonly severity?: 'warn';
}

function byShape(view: SourceView): readonly Written[] {
  return secretShapes(view.text).map(({ kind, value, line }) => ({ line, subject: kind, value, because: `A string here has the form of a ${kind} (${value.length} characters).` }));
}

/** Long, of mixed characters, without spaces: what people invent reads otherwise. */
function looksRandom(value: string): boolean {
  return value.length >= 16 && !/\s/.test(value) && /[0-9]/.test(value) && /[a-z]/i.test(value) && new Set(value).size >= 10 && !/^[a-z]+([-_.:/][a-z0-9]+)+$/i.test(value) && !/^(https?:|\/|\.)/.test(value);
}

function byName(view: SourceView, settings: SecretSettings): readonly Written[] {
  return namedLiterals(view)
    .filter(({ name, value }) => isSecretName(name, settings) && looksRandom(value) && !looksInvented(value) && secretShapes(value).length === 0)
    .map(({ name, value, line }) => ({ line, subject: name, value, because: `"${name}" holds a literal of ${value.length} characters that looks random.` }));
}

const composeDefault = /\$\{(\w+):?-([^}]*)\}/g;

/** `${DB_PASSWORD:-literal}` in compose files and shell scripts. */
function byDefault(view: SourceView, settings: SecretSettings): readonly Written[] {
  if (!/\.(ya?ml|sh|env)$|(^|\/)Dockerfile/.test(view.path)) return [];
  return view.text.split('\n').flatMap((content, index) =>
    [...content.matchAll(composeDefault)]
      .map(([, name = '', value = '']) => ({ name, value: value.trim() }))
      .filter(({ name, value }) => isSecretName(name, settings) && value !== '' && !value.startsWith('$') && !isPlaceholder(value, settings))
      .map(({ name, value }) => ({ line: index + 1, subject: name, value, because: `"${name}" has a default written into the file.` })),
  );
}

/** An `.env` that is no template, with values in it. */
function byEnvFile(view: SourceView, settings: SecretSettings): readonly Written[] {
  const name = view.path.slice(view.path.lastIndexOf('/') + 1);
  if (!/^\.env(\.|$)/.test(name) || /example|sample|template|dist|defaults?|schema/i.test(name)) return [];
  return view.text.split('\n').flatMap((content, index) => {
    const match = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=\s*(\S.*)$/.exec(content);
    const [, variable = '', value = ''] = match ?? [];
    const filled = match !== null && !/^["']?["']?$|^\$|^["']?(true|false|\d+)["']?$/.test(value.trim());
    return filled && isSecretName(variable, settings) ? [{ line: index + 1, subject: variable, value, because: `"${variable}" is set in ${name}, which is committed.` }] : [];
  });
}
