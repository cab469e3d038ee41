import { z } from 'zod';
import { reasonSchema } from './reason';
import { taskSchema } from './task';

export const packetFileSchema = z
  .object({
    path: z.string(),
    /** Git blob id (sha1) of the whole file at the packet's commit; an edit to a file that moved on is stale. */
    hash: z.string(),
    mode: z.enum(['whole', 'slice', 'outline']),
    /** 1-based inclusive, for slices. */
    range: z.tuple([z.number().int(), z.number().int()]).optional(),
    text: z.string(),
    because: z.array(reasonSchema),
    tokens: z.number().int(),
  })
  .readonly();
export type PacketFile = z.infer<typeof packetFileSchema>;

/** A titled block that is not repository source: evidence of a run, a constraint, a convention. */
export const packetNoteSchema = z.object({ title: z.string(), text: z.string() }).readonly();
export type PacketNote = z.infer<typeof packetNoteSchema>;

/**
 * Everything one model call sees, and nothing else. Stateless and reproducible: same goal, same commit, same bytes.
 */
export const agentContextPacketSchema = z
  .object({
    task: taskSchema,
    files: z.array(packetFileSchema),
    /** Looked at and left out, with why; so that a reader can tell a decision from an oversight. */
    omitted: z.array(z.object({ path: z.string(), why: z.string() }).readonly()),
    interfaces: z.array(z.object({ project: z.string(), text: z.string() }).readonly()),
    conventions: z.array(packetNoteSchema),
    constraints: z.array(packetNoteSchema),
    /** What has been seen so far in this wave: the red test, its output, edits that already hold. */
    evidence: z.array(packetNoteSchema),
    /** Texts withheld because the secret scanner found something, as counts per path. */
    withheld: z.array(z.object({ path: z.string(), secrets: z.number().int() }).readonly()),
    /** o200k tokens: `repository` counts files and interfaces, `other` the rest. */
    tokens: z.object({ repository: z.number().int(), other: z.number().int() }).readonly(),
    /** sha256 of the canonical JSON of everything above. */
    hash: z.string(),
  })
  .readonly();
export type AgentContextPacket = z.infer<typeof agentContextPacketSchema>;

/** The committed trace of a packet: hashes and reasons, no texts. */
export const packetLockSchema = z
  .object({
    version: z.literal(1),
    packets: z.array(
      z
        .object({
          taskId: z.string(),
          round: z.number().int().positive(),
          packetHash: z.string(),
          promptHash: z.string(),
          tokens: z.object({ repository: z.number().int(), other: z.number().int() }),
          files: z.array(packetFileSchema.unwrap().omit({ text: true })),
          omitted: z.array(z.object({ path: z.string(), why: z.string() })),
        })
        .readonly(),
    ),
  })
  .readonly();
export type PacketLock = z.infer<typeof packetLockSchema>;
