export interface UnwrappedReply {
  readonly lines: readonly string[];
  /** The reply ends inside its own thinking. */
  readonly cutOff: boolean;
  readonly tolerances: readonly string[];
}

/** The reply as lines, without byte order mark, carriage returns and the thinking some servers leave in front of it. */
export function unwrapReply(text: string): UnwrappedReply {
  const tolerances: string[] = [];
  let body = text;
  if (body.startsWith('\ufeff')) {
    body = body.slice(1);
    tolerances.push('byte-order-mark');
  }
  const thinking = /^\s*<(think|thinking|reasoning)>/i.exec(body);
  if (thinking !== null) {
    tolerances.push('thinking-in-front');
    // Drafts in the thinking look like edits, so nothing in front of the last end mark may be read.
    const end = body.toLowerCase().lastIndexOf(`</${(thinking[1] ?? '').toLowerCase()}>`);
    if (end < 0) return { lines: [], cutOff: true, tolerances };
    body = body.slice(body.indexOf('>', end) + 1);
  }
  if (body.includes('\r\n')) {
    body = body.replaceAll('\r\n', '\n');
    tolerances.push('crlf');
  }
  return { lines: body.split('\n'), cutOff: false, tolerances };
}
