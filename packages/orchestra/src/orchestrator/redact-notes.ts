import type { SecretScanner } from '../io/ports';
import type { PacketNote } from '../model';
import type { Conversation } from './conversation';

/**
 * What was seen on the way (runner output, logs, a refused reply, paths that were asked for) with every secret replaced: tests print what they are
 * given, and what is in a packet is written to disk and sent.
 */
export async function redactConversation(secrets: SecretScanner, conversation: Conversation): Promise<Conversation> {
  const redact = async (text: string): Promise<string> => (await secrets.redact(text)).text;
  const evidence = await Promise.all(conversation.evidence.map(async (note): Promise<PacketNote> => ({ title: note.title, text: await redact(note.text) })));
  const notGranted = await Promise.all(conversation.notGranted.map(redact));
  if (conversation.refused === undefined) {
    return { ...conversation, evidence, notGranted };
  }
  const { explanation, reply } = conversation.refused;
  return { ...conversation, evidence, notGranted, refused: { explanation: await redact(explanation), reply: await redact(reply) } };
}
