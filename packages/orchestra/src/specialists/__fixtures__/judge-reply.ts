import type { AgentReply, Rejection } from '../../model';
import { applyEdits } from '../../patch/apply-edits';
import { checkEdits } from '../../patch/check-edits';
import { foldPaths } from '../../patch/fold-paths';
import { parseReply } from '../parse-reply';
import { worldPolicy, worldTask, worldTexts } from './reply-world';

export interface JudgedReply {
  readonly reply: AgentReply;
  readonly outcome: AgentReply['kind'] | 'applied' | 'refused';
  readonly tolerances: readonly string[];
  readonly rejections: readonly Rejection[];
  /** The world afterwards; the same map when nothing was applied. */
  readonly texts: ReadonlyMap<string, string>;
}

const existing = foldPaths(worldTexts.keys());

/** A reply through all pure guards in the order a wave uses them: parser, lease, anchors. */
export function judgeReply(text: string): JudgedReply {
  const reply = parseReply(text, 'w1-backend');
  const rejections = reply.kind === 'malformed' ? reply.rejections : [];
  if (reply.kind !== 'edits') return { reply, outcome: reply.kind, tolerances: kinds(reply.tolerances), rejections, texts: worldTexts };
  const refused = checkEdits(reply.output.edits, worldTask, worldPolicy, existing);
  if (refused.length > 0) return { reply, outcome: 'refused', tolerances: kinds(reply.tolerances), rejections: refused, texts: worldTexts };
  const applied = applyEdits(worldTexts, reply.output.edits);
  const tolerances = kinds([...reply.tolerances, ...applied.tolerances]);
  if (applied.rejections.length > 0) return { reply, outcome: 'refused', tolerances, rejections: applied.rejections, texts: worldTexts };
  const texts = new Map([...worldTexts, ...applied.changed]);
  for (const path of applied.deleted) texts.delete(path);
  return { reply, outcome: 'applied', tolerances, rejections: [], texts };
}

function kinds(tolerances: readonly string[]): readonly string[] {
  return [...new Set(tolerances.map((tolerance) => tolerance.split(':')[0] ?? ''))].sort();
}
