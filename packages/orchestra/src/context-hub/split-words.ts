/** Words that say nothing about where code is: English glue and the language's own keywords. */
const stopWords = new Set(
  (
    'a an and are as at be been but by can do does for from had has have how if in into is it its no not of on or our so such than that the their ' +
    'them then there these they this to was we were what when where which while who will with would you your should could also after before ' +
    'const let var function return import export default async await new null undefined true false else case switch break typeof void try catch ' +
    'throw class extends static public private readonly type interface'
  ).split(' '),
);

const word = /[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+|[^\x00-\x7f]+/g;

/** Identifier or prose → stemmed lower-case words: `resolveTenantIds` gives `resolv tenant id`. Stop words are left out. */
export function splitWords(text: string): readonly string[] {
  const words: string[] = [];
  for (const match of text.match(word) ?? []) {
    const telling = known.get(match) ?? remember(match);
    if (telling !== '') words.push(telling);
  }
  return words;
}

const known = new Map<string, string>();
const mostKnown = 20_000;

/** Few words make most of every text. Empty for those that say nothing. */
function remember(match: string): string {
  const lower = match.toLowerCase();
  const telling = lower.length < 2 || lower.length > 40 || stopWords.has(lower) ? '' : stem(lower);
  if (known.size >= mostKnown) known.clear();
  known.set(match, telling);
  return telling;
}

const compound = /\b(?:[A-Za-z]+\d*(?:[_-][A-Za-z0-9]+)+|[A-Za-z]?[a-z0-9]+(?:[A-Z][a-z0-9]*)+)\b/g;

/**
 * Names of several words as one: `created_at`, `createdAt` and `created-at` all give `createdat`. As single words they
 * are common or even stop words; together they are rare, and goals quote them.
 */
export function findCompounds(text: string): readonly string[] {
  return (text.match(compound) ?? []).filter((name) => name.length <= 40).map((name) => name.replace(/[_-]/g, '').toLowerCase());
}

/**
 * Light on purpose: plural, -ing, -ed and a final e. A full Porter stemmer joins words that differ in code
 * (`organization`, `organ`) and gains nothing on identifiers.
 */
export function stem(text: string): string {
  if (text.length < 4) return text;
  let base = text;
  if (base.endsWith('ies') && base.length > 4) base = `${base.slice(0, -3)}y`;
  else if (/(?:s|x|z|ch|sh)es$/.test(base)) base = base.slice(0, -2);
  else if (base.endsWith('s') && !/(?:ss|us|is)$/.test(base)) base = base.slice(0, -1);
  if (base.length > 5 && base.endsWith('ing')) base = undouble(base.slice(0, -3));
  else if (base.length > 4 && base.endsWith('ed')) base = undouble(base.slice(0, -2));
  return base.length > 4 && base.endsWith('e') ? base.slice(0, -1) : base;
}

function undouble(text: string): string {
  return /([bdgmnprt])\1$/.test(text) ? text.slice(0, -1) : text;
}
