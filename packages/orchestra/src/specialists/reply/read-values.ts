import type { FollowUp, ReadRequest } from '../../model';
import { looksLikePath, spellPath } from './clean-path';
import type { HeaderField } from './read-header';

/** What replies write where there is nothing to say. */
const nothing = /^(none|n\/a|na|no|nil|null|~|-|nothing|nichts|\[\]|\{\}|""|'')?\.?$/i;

/**
 * One text: a block scalar (`|`, `>`) goes on over blank lines, anything else ends at the first one, where prose may
 * begin. `undefined` when it says "none".
 */
export function readText(field: HeaderField | undefined): string | undefined {
  if (field === undefined) return undefined;
  const block = /^[|>][+-]?$/.test(field.inline);
  const lines = (block ? field.lines : firstParagraph([field.inline, ...field.lines])).map((line) => line.trim());
  const text = block && field.inline.startsWith('|') ? lines.join('\n').trim() : lines.filter((line) => line !== '').join(' ');
  const plain = unquote(text);
  return nothing.test(plain) ? undefined : plain;
}

function firstParagraph(lines: readonly string[]): readonly string[] {
  const begin = lines.findIndex((line) => line.trim() !== '');
  const end = lines.findIndex((line, index) => index > begin && line.trim() === '');
  return begin < 0 ? [] : lines.slice(begin, end < 0 ? undefined : end);
}

/** Items of a list: `- a` lines with what is indented below them, or one inline text, or `[a, b]`. */
export function readItems(field: HeaderField | undefined): readonly (readonly string[])[] {
  if (field === undefined) return [];
  const items: string[][] = [];
  const flow = /^\[(.*)\]$/.exec(field.inline);
  if (flow !== null) items.push(...(flow[1] ?? '').split(',').map((each) => [unquote(each.trim())]));
  else if (!/^([|>][+-]?)?$/.test(field.inline)) items.push([field.inline]);
  for (const line of field.lines) {
    const item = /^ {0,3}(?:[-*]|\d{1,3}[.)]) (.*)$/.exec(line);
    if (item !== null) items.push([unquote((item[1] ?? '').trim())]);
    else if (line.trim() !== '') (items[items.length - 1] ?? pushed(items)).push(line.trim());
  }
  return items.filter((lines) => !nothing.test(lines.join(' ')));
}

function pushed(items: string[][]): string[] {
  const item: string[] = [];
  items.push(item);
  return item;
}

/** Texts of a list, each item on one line. */
export function readTexts(field: HeaderField | undefined): readonly string[] {
  return readItems(field).map((lines) => lines.join(' '));
}

/** Paths of a list; commas separate them too. Words that are no path are left out and counted. */
export function readPaths(field: HeaderField | undefined): { readonly paths: readonly string[]; readonly unread: number } {
  const requests = readRequests(field);
  return { paths: requests.requests.map((request) => request.path), unread: requests.unread };
}

/** `path`, `path#symbol`, `path:10-80`, `path (lines 10-80)`, each with or without ticks and a reason behind it. */
export function readRequests(field: HeaderField | undefined): { readonly requests: readonly ReadRequest[]; readonly unread: number } {
  const texts = readItems(field).flatMap(splitRequests);
  const requests = texts.map(readRequest).filter((request) => request !== undefined);
  return { requests, unread: texts.length - requests.length };
}

/** JSON and YAML items may spell a request as `path:`, `symbol:`, `range:` lines. */
function splitRequests(lines: readonly string[]): readonly string[] {
  const keys = new Map(lines.map((line) => [line.slice(0, line.indexOf(':')).trim(), line.slice(line.indexOf(':') + 1).trim()]));
  const path = keys.get('path');
  if (path !== undefined) {
    const range = keys.get('range') ?? keys.get('lines');
    const symbol = keys.get('symbol');
    return [unquote(path) + (symbol ? `#${unquote(symbol)}` : range ? `:${range.replace(/[[\]\s]/g, '').replace(',', '-')}` : '')];
  }
  const text = lines.join(' ');
  const parts = text.split(/,\s*/);
  return parts.every((part) => looksLikePath(wordOf(part), false) && !/\s/.test(part.trim())) ? parts : [text];
}

/** Absolute, on a drive, or upwards. Nothing out there is ever shown, so it is no request. */
const leavesWorkspace = /^(?:[/~]|[a-z]:)|(?:^|\/)\.\.(?:\/|$)/i;

function readRequest(text: string): ReadRequest | undefined {
  const word = wordOf(text);
  const hash = word.indexOf('#');
  const name = (hash < 0 ? word : word.slice(0, hash)).replace(/:\d+.*$/, '');
  const { path } = spellPath(name);
  if (!looksLikePath(path, false) || leavesWorkspace.test(path)) return undefined;
  const symbol = hash < 0 ? undefined : /^[\w$.]+/.exec(word.slice(hash + 1))?.[0];
  const range = rangeIn(word.slice(name.length)) ?? rangeIn(/\blines?\s.{0,40}/i.exec(text)?.[0] ?? '');
  return { path, ...(symbol === undefined ? {} : { symbol }), ...(symbol !== undefined || range === undefined ? {} : { range }) };
}

function rangeIn(text: string): [number, number] | undefined {
  const match = /L?(\d{1,7})(?:\s?(?:-|–|to|\.\.)\s?L?(\d{1,7}))?/.exec(text);
  if (match === null) return undefined;
  const from = Number(match[1]);
  const to = Number(match[2] ?? match[1]);
  return from >= 1 && to >= from ? [from, to] : undefined;
}

/** The word that should be the path: the one in ticks, else the first. */
function wordOf(text: string): string {
  const ticked = text.split('`');
  const word = ticked.length > 2 ? (ticked[1] ?? '') + (ticked[2] ?? '').split(/\s/, 1)[0] : (text.trim().split(/\s/, 1)[0] ?? '');
  return unquote(word.replace(/[,;]$/, ''));
}

/** `title`, `detail`, `agent` and `paths` as lines of an item, or one sentence that becomes title and detail. */
export function readFollowUps(field: HeaderField | undefined): readonly FollowUp[] {
  return readItems(field).map((lines) => {
    const values = keyedLines(lines);
    const text = lines.join(' ');
    const title = values.get('title') ?? text;
    const agent = values.get('agent');
    const paths = (values.get('paths') ?? values.get('path') ?? text).split(/[\s,[\]"'`()]+/).map((word) => word.replace(/[.,;:]+$/, ''));
    return {
      title: title.slice(0, 200),
      detail: values.get('detail') ?? text,
      paths: [...new Set(paths.filter((word) => /[/\\]/.test(word) && looksLikePath(word, false)).map((word) => spellPath(word).path))],
      ...(agent === undefined || agent === '' ? {} : { agent }),
    };
  });
}

function keyedLines(lines: readonly string[]): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  let current: string | undefined;
  for (const line of lines) {
    const match = /^(title|detail|agent|paths?):(.*)$/i.exec(line);
    if (match !== null) {
      current = (match[1] ?? '').toLowerCase();
      values.set(current, unquote((match[2] ?? '').trim()));
    } else if (current !== undefined) {
      values.set(current, `${values.get(current) ?? ''} ${line.replace(/^[-*] /, '')}`.trim());
    }
  }
  return values;
}

function unquote(text: string): string {
  const first = text[0];
  return text.length >= 2 && (first === '"' || first === "'") && text.endsWith(first) ? text.slice(1, -1) : text;
}
