import type { AgentReply, Rejection } from '../model';
import { agentReplySchema } from '../model/agent-output';
import { decideReply, malformed } from './reply/decide-reply';
import { readEdits } from './reply/read-edits';
import { readHeader } from './reply/read-header';
import { scanBlocks, type OutsideLine } from './reply/scan-blocks';
import { unwrapReply } from './reply/unwrap-reply';

/** Far above any reply that a model can write; below what would hurt. Characters. */
const longestReply = 8_000_000;

/**
 * Reads a reply (format: `docs/reply-format.md`). Never throws and never repairs by guessing: a reply with any fault in
 * its blocks is `malformed` as a whole, and every leniency that was needed is named in `tolerances`, once per use.
 *
 * @param text whatever came back, untrusted
 */
export function parseReply(text: string, taskId: string): AgentReply {
  if (text.length > longestReply) return malformed([{ kind: 'malformed', because: 'the reply is too long' }], []);
  const unwrapped = unwrapReply(text);
  if (unwrapped.cutOff) return malformed([{ kind: 'malformed', because: 'the reply was cut off: it ends inside its thinking' }], unwrapped.tolerances);
  const scanned = scanBlocks(unwrapped.lines);
  const ended = scanned.outside.some(isEndLine);
  const header = readHeader(scanned.outside.filter((line) => !isEndLine(line)));
  const tolerances = [...unwrapped.tolerances, ...scanned.tolerances, ...header.tolerances];
  const read = readEdits(scanned.blocks);
  const cutOff: readonly Rejection[] =
    scanned.openEnded && !ended ? [{ kind: 'malformed', because: 'the reply was cut off: its last code fence is not closed and there is no END OF REPLY line' }] : [];
  const rejections = [...scanned.rejections, ...read.rejections, ...cutOff];
  const reply = decideReply({ header, edits: read.edits, rejections, taskId, tolerances: [...tolerances, ...read.tolerances], ended, outside: scanned.outside });
  return agentReplySchema.parse(reply);
}

const endLine = /^[\s*_#=-]{0,10}END OF REPLY[\s*_#=.-]{0,10}$/i;

function isEndLine(line: OutsideLine): boolean {
  return endLine.test(line.text);
}
