import type { Logger } from '../logger';

export interface Message {
  readonly recipientId: string;
  readonly to: string;
  readonly subject: string;
  readonly body: string;
}

export interface MessageSender {
  /** @throws when the message was not taken. */
  send(message: Message): Promise<void>;
}

/** Delivers nothing: a sample must not write to people. Says that it would have, without the address. */
export function createLogOnlySender(log: Logger): MessageSender {
  return { send: async ({ recipientId }) => log.info('[MessageSender] would send', { recipient: recipientId }) };
}
