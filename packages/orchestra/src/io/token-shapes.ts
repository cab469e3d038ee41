/** A stretch of text, in UTF-16 units. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Keys with an unmistakable shape that the scanner's preset of the last line for Node 20 does not know. Prefix and length are the
 * vendors' own formats; nothing here guesses from entropy.
 */
const shapes: readonly RegExp[] = [
  /\b[rs]k_(?:live|test)_[0-9A-Za-z]{20,}/g, // Stripe, secret and restricted
  /\bwhsec_[0-9A-Za-z+/=]{24,}/g, // Stripe and Svix, webhook signatures
  /\b(?:AKIA|ASIA)(?![A-Z0-9]{9}EXAMPLE\b)[A-Z0-9]{16}\b/g, // AWS, ids of keys; the one of its manual is everywhere
  /\bhf_[0-9A-Za-z]{30,}/g, // Hugging Face
  /\bre_(?=[A-Za-z_]{0,60}\d)[0-9A-Za-z]{8,}_[0-9A-Za-z]{20,}/g, // Resend
  /\bAIza[0-9A-Za-z_-]{35}/g, // Google API key
  /\bglpat-[0-9A-Za-z_-]{20,}/g, // GitLab
  /\bsb(?:p|_secret)_[0-9A-Za-z_-]{20,}/g, // Supabase, access token and secret key
  /\bdp\.(?:pt|st|sa|ct|scim|audit)\.[0-9A-Za-z._-]{40,}/g, // Doppler
  // The preset takes RSA and OpenSSH keys only when they are whole; this adds EC, Ed25519, PGP and what a log has cut off.
  /-----BEGIN (?:[A-Z]{2,10} ){0,2}PRIVATE KEY(?: BLOCK)?-----(?:\s|\\[nr]|[A-Za-z-]{2,20}: [^\n]{1,80}\n)*[A-Za-z0-9+/=]{40,}(?:[A-Za-z0-9+/=\s]|\\[nr])*(?:-----END [A-Z ]{4,40}-----)?/g,
];

const jsonWebToken = /\beyJ[0-9A-Za-z_-]{10,}\.(eyJ[0-9A-Za-z_-]{10,})\.[0-9A-Za-z_-]{20,}/g;

export function findKeyShapes(text: string): readonly Span[] {
  return shapes.flatMap((shape) => spansOf(text, shape));
}

/** Every signed token: in a log it is somebody's session. */
export function findSignedTokens(text: string): readonly Span[] {
  return spansOf(text, jsonWebToken);
}

/**
 * Signed tokens that open a whole database (Supabase's service role). Others are left alone in sources, where they are made-up
 * sessions of tests or the anonymous key, which is public.
 */
export function findServiceTokens(text: string): readonly Span[] {
  return [...text.matchAll(jsonWebToken)].flatMap((match) => (isServiceRole(match[1] ?? '') ? [spanOf(match)] : []));
}

function isServiceRole(payload: string): boolean {
  return /"role"\s*:\s*"(?:service_role|supabase_admin|postgres)"/.test(Buffer.from(payload, 'base64url').toString('utf8'));
}

function spansOf(text: string, pattern: RegExp): readonly Span[] {
  return [...text.matchAll(pattern)].map(spanOf);
}

function spanOf(match: RegExpExecArray): Span {
  return { start: match.index, end: match.index + match[0].length };
}
