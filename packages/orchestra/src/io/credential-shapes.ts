import type { Span } from './token-shapes';

/**
 * Credentials that are known by where they stand and not by their own shape. Every pattern ends with the secret, in group 1;
 * what was cut out already is not found again. Repetitions are bounded: the text is hostile and may be a megabyte of one line.
 */
const urlPassword = /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s/@:"'<>`]{0,200}:(?!\[redacted\])([^\s/"'<>`]{1,500})(?=@(?<host>[^\s/:"'<>`@]{1,255}))/gi;
const parameter = /[?&;](?:[\w.-]{0,40}?(?:passw(?:or)?d|pwd|token|api[_-]?key|secret|access[_-]?key|signature|session(?:_?id)?))=(?!\[redacted\])([^\s&#"'<>;`]{4,2000})/gi;
const inHeaders: readonly RegExp[] = [
  /\bauthorization["']?[ \t]{0,4}[:=][ \t]{0,4}["']?(?:(?:bearer|basic|digest|token|apikey)[ \t]{1,4})?(?!\[redacted\]|(?:bearer|basic|digest|token|apikey)[ \t])([^\s"',;]{8,8192})/gi,
  /\bbearer[ \t]{1,4}(?=[^\s\d]{0,100}\d)([0-9A-Za-z._~+/=-]{16,8192})/gi,
  /\b(?:set-)?cookie["']?[ \t]{0,4}:[ \t]{0,4}["']?([^\s"'=]{1,200}=[^\r\n"']{1,8192})/gi,
];

/** For goals, logs and what a runner says: all of them, whatever they are worth. */
export function findCredentials(text: string): readonly Span[] {
  return [urlPassword, parameter, ...inHeaders].flatMap((pattern) => [...text.matchAll(pattern)].map(secretOf));
}

/**
 * For sources, which would be withheld whole: passwords in a URL that leads somewhere and that nobody made up for an example, and
 * parameters shaped like a key. Headers are left alone: in a source they are made-up sessions of tests.
 */
export function findUrlSecrets(text: string): readonly Span[] {
  const passwords = [...text.matchAll(urlPassword)].filter((match) => !isForExample(match[1] ?? '', match.groups?.['host'] ?? ''));
  const parameters = [...text.matchAll(parameter)].filter((match) => isKeyShaped(match[1] ?? ''));
  return [...passwords, ...parameters].map(secretOf);
}

/** Whether all URLs with a password in a stretch of text, of which there is one at least, are examples. */
export function holdsOnlyExamples(text: string): boolean {
  const matches = [...text.matchAll(urlPassword)];
  return matches.length > 0 && matches.every((match) => isForExample(match[1] ?? '', match.groups?.['host'] ?? ''));
}

const exampleHost = /^(?:localhost|127(?:\.\d{1,3}){3}|0\.0\.0\.0|\[::1\]?|host\.docker\.internal|host|hostname|(?:.+\.)?example(?:\.(?:com|net|org))?|.+\.(?:test|invalid|localhost))$/i;
const placeholder = /^(?:(?:my|your|the|db|user|some|super|test|dummy|fake|example)?[-_]?(?:passw(?:or)?d|pwd|pass|secret|token|key)\d{0,4}|changeme|change[-_]me|postgres(?:ql)?|mysql|root|admin|user|guest|test(?:ing)?|example|dummy|redis|rabbitmq|x+|\*+|\.+)$/i;
/** Filled in at run time: `${password}`, `{{ password }}`, `$PASSWORD`, `%s`, `:password`. */
const filledIn = /^(?:\$|\{|%[a-z{(]|:[a-z])|\$\{|\{\{/i;

function isForExample(password: string, host: string): boolean {
  return exampleHost.test(host) || placeholder.test(password) || filledIn.test(password);
}

function isKeyShaped(value: string): boolean {
  return /^[0-9A-Za-z._~+/%=-]{24,}$/.test(value) && /\d/.test(value) && /[a-z]/i.test(value) && !/example|test|placeholder|your/i.test(value);
}

function secretOf(match: RegExpExecArray): Span {
  const end = match.index + match[0].length;
  return { start: end - (match[1] ?? '').length, end };
}
