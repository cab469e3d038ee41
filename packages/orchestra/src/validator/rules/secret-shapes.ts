/** Prefixes and forms by which services mark their keys. The value itself is never reported, only its kind and length. */
const shapes: readonly (readonly [string, RegExp])[] = [
  ['private key', /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/g],
  ['AWS access key', /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g],
  ['GitHub token', /\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{40,})/g],
  ['GitLab token', /\bglpat-[A-Za-z0-9_-]{20,}/g],
  ['Slack token', /\bxox[abeprs]-[A-Za-z0-9-]{10,}/g],
  ['Stripe key', /\b(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{16,}/g],
  ['webhook signing secret', /\bwhsec_[A-Za-z0-9+/=]{20,}/g],
  ['API key', /\bsk-(?:proj-|ant-|or-)?[A-Za-z0-9_-]{20,}/g],
  ['Supabase key', /\bsb_(?:secret|publishable)_[A-Za-z0-9_-]{16,}/g],
  ['Doppler token', /\bdp\.(?:pt|st|ct|sa|scim|audit)\.[A-Za-z0-9._-]{20,}/g],
  ['Google key', /\bAIza[0-9A-Za-z_-]{35}/g],
  ['npm token', /\bnpm_[A-Za-z0-9]{36}\b/g],
  ['SendGrid key', /\bSG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}/g],
  ['JWT', /\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}/g],
  ['password in a URL', /\b[a-z][a-z0-9+]{2,}:\/\/[^\s:/@'"`${}<>]{1,64}:[^\s:/@'"`${}<>]{6,}@[^\s'"`]+/g],
];

export interface SecretShape {
  readonly kind: string;
  readonly value: string;
  /** 1-based. */
  readonly line: number;
}

/** How every one of them begins, or what it cannot do without: one look at a line instead of one per kind. */
const hint = /-----BEGIN|AKIA|ASIA|gh[pousr]_|github_pat_|glpat-|xox[abeprs]-|[sr]k_(?:live|test)_|whsec_|sk-|sb_(?:secret|publishable)_|dp\.|AIza|npm_|SG\.|eyJ|:\/\//;

/** Lines longer than this are bundles and data. They are cut, not left out: a secret at their start is still one. */
const lineExamined = 4000;

export function secretShapes(text: string): readonly SecretShape[] {
  if (!hint.test(text)) return [];
  return text.split('\n').flatMap((content, index) => (hint.test(content) ? inLine(content.slice(0, lineExamined), index + 1) : []));
}

function inLine(content: string, line: number): readonly SecretShape[] {
  return shapes.flatMap(([kind, pattern]) => [...content.matchAll(pattern)].map(([value]) => ({ kind, value, line })).filter((found) => !looksInvented(found.value, found.kind)));
}

/** Documentation values: repeated characters, words that say so, local hosts. */
export function looksInvented(value: string, kind = ''): boolean {
  if (kind === 'private key') return false;
  if (/(.)\1{5,}|x{4,}|\.{3}|example|placeholder|your[-_]|change[-_]?me|redacted|dummy|sample|<[a-z]/i.test(value)) return true;
  if (kind === 'password in a URL') return /@(localhost|127\.0\.0\.1|0\.0\.0\.0|host\.docker\.internal|[a-z][a-z0-9_-]*)(:\d+)?(\/|$)/.test(value) || /:(password|postgres|secret|test|pass|root|admin)@/i.test(value);
  return new Set(value.slice(4)).size < 8;
}
