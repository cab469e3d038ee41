import { pathOnLine } from './clean-path';
import type { OutsideLine } from './scan-blocks';

/** Fields of the header as written: the rest of the key's line, and the lines below that belong to it. */
export interface HeaderField {
  readonly inline: string;
  readonly lines: readonly string[];
}

export type FieldName =
  | 'status' | 'summary' | 'rootCause' | 'risks' | 'dependencies' | 'justification' | 'followUps'
  | 'read' | 'edit' | 'irrelevant' | 'why' | 'question' | 'decline';

export interface Header {
  readonly fields: ReadonlyMap<FieldName, HeaderField>;
  readonly tolerances: readonly string[];
}

/** Keys by their letters alone, so that `rootCause`, `root_cause` and `**Root cause**` are one. */
const names: ReadonlyMap<string, FieldName> = new Map<string, FieldName>([
  ['status', 'status'], ['summary', 'summary'],
  ['rootcause', 'rootCause'], ['cause', 'rootCause'],
  ['risks', 'risks'], ['risk', 'risks'], ['knownrisks', 'risks'],
  ['dependencies', 'dependencies'], ['dependenciesexplained', 'dependencies'],
  ['justification', 'justification'],
  ['followups', 'followUps'], ['followup', 'followUps'], ['followuptasks', 'followUps'],
  ['read', 'read'], ['edit', 'edit'], ['irrelevant', 'irrelevant'], ['why', 'why'],
  ['question', 'question'], ['decline', 'decline'], ['reason', 'decline'],
]);

/** Between paragraphs, or around a header that is written as front matter. */
const ruler = /^\s*-{3,}$/;

/** Fences that may hold a header rather than code. */
const headerFences = new Set(['', 'yaml', 'yml', 'text', 'txt', 'markdown', 'md', 'header', 'reply']);

/**
 * Reads `key: value` lines out of the text around the blocks, wherever they stand; prose between them is passed over.
 * A value goes on over indented lines, list items and the lines directly below, up to a blank line. The first
 * mention of a key counts. A header as one JSON object is read as well.
 */
export function readHeader(outside: readonly OutsideLine[]): Header {
  const json = readJsonHeader(outside);
  if (json !== undefined) return json;
  const fields = new Map<FieldName, { inline: string; lines: string[] }>();
  const tolerances = new Set<string>(ruler.test(outside.find((line) => line.text.trim() !== '')?.text ?? '') ? ['decorated-header'] : []);
  let current: { inline: string; lines: string[]; bulleted: boolean } | undefined;
  let part = -1;
  let afterBlank = false;
  for (const { text, info, part: place } of outside) {
    if (info !== undefined && !headerFences.has(info.toLowerCase())) continue;
    if (place !== part) [current, afterBlank, part] = [undefined, false, place];
    const key = readKey(text, current === undefined || current.bulleted);
    if (key !== undefined) {
      current = { inline: key.inline, lines: [], bulleted: key.bulleted };
      if (!fields.has(key.name)) fields.set(key.name, current);
      if (info !== undefined) tolerances.add('fenced-header');
      if (key.decorated) tolerances.add('decorated-header');
    } else if (text.trim() === '' || ruler.test(text)) {
      afterBlank = true;
      current?.lines.push('');
      continue;
    } else if (current !== undefined && (!afterBlank || belongsBelow(text))) {
      current.lines.push(text);
    } else {
      current = undefined;
      if (info === undefined && pathOnLine(text, false) === undefined) tolerances.add('prose');
    }
    afterBlank = false;
  }
  return { fields, tolerances: [...tolerances].sort() };
}

interface Key {
  readonly name: FieldName;
  readonly inline: string;
  readonly decorated: boolean;
  /** The header itself is a list; otherwise a bullet is an item of the field above it. */
  readonly bulleted: boolean;
}

/** Only keys that are known, and only at the left margin: everything else is a value or prose. */
function readKey(line: string, mayBeBulleted: boolean): Key | undefined {
  const match = /^((?:[-*] )?[#*_>`]{0,6} ?[*_`]{0,3})([A-Za-z][A-Za-z _-]{0,24}?)([*_`]{0,3}) ?:([*_`]{0,3})(.*)$/.exec(line);
  const heading = match === null ? /^#{1,6} ([A-Za-z][A-Za-z _-]{0,24})$/.exec(line.trimEnd()) : null;
  const [, before = '', word = '', closing = '', after = '', inline = ''] = match ?? [];
  const bulleted = /^[-*] /.test(before);
  if (bulleted && !mayBeBulleted) return undefined;
  const name = names.get((heading?.[1] ?? word).toLowerCase().replace(/[^a-z]/g, ''));
  return name === undefined ? undefined : { name, inline: inline.trim(), decorated: heading !== null || before + closing + after !== '', bulleted };
}

function belongsBelow(line: string): boolean {
  return /^(\s+\S|[-*] |\d+[.)] )/.test(line);
}

function readJsonHeader(outside: readonly OutsideLine[]): Header | undefined {
  const first = outside.find((line) => line.text.trim() !== '' || line.info === 'json');
  if (first === undefined || !(first.info === 'json' || first.text.trim().startsWith('{'))) return undefined;
  const text = outside.filter((line) => line.part === first.part).map((line) => line.text).join('\n');
  const value = parseJson(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const fields = Object.entries(value).flatMap(([key, each]) => {
    const name = names.get(key.toLowerCase().replace(/[^a-z]/g, ''));
    return name === undefined ? [] : [[name, fieldOfJson(each)] as const];
  });
  return fields.length === 0 ? undefined : { fields: new Map(fields), tolerances: [...(first.info === undefined ? [] : ['fenced-header']), 'json-header'] };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function fieldOfJson(value: unknown): HeaderField {
  if (!Array.isArray(value)) return { inline: textOfJson(value), lines: [] };
  return { inline: '', lines: value.flatMap(linesOfJsonItem) };
}

function linesOfJsonItem(item: unknown): readonly string[] {
  if (typeof item !== 'object' || item === null) return [`- ${textOfJson(item)}`];
  const entries = Object.entries(item).map(([key, value]) => `${key}: ${Array.isArray(value) ? value.map(textOfJson).join(', ') : textOfJson(value)}`);
  return entries.map((entry, index) => `${index === 0 ? '- ' : '  '}${entry}`);
}

function textOfJson(value: unknown): string {
  return typeof value === 'string' ? value.replaceAll('\n', ' ') : value === null || value === undefined ? '' : JSON.stringify(value);
}
