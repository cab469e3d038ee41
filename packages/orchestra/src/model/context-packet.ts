import * as z from './zod';
import { lineRangeSchema, list } from './list';
import { agentNotesSchema, followUpSchema } from './agent-output';
import { reasonSchema } from './reason';
import { taskSchema } from './task';

export const packetFileSchema = z
  .object({
    path: z.string(),
    /** Git blob id (sha1) of the whole file at the packet's commit; an edit to a file that moved on is stale. */
    hash: z.string(),
    mode: z.enum(['whole', 'slice', 'outline']),
    /** 1-based inclusive, for slices. */
    range: lineRangeSchema.optional(),
    text: z.string(),
    because: list(reasonSchema),
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
    files: list(packetFileSchema),
    /** Looked at and left out, with why; so that a reader can tell a decision from an oversight. */
    omitted: list(z.object({ path: z.string(), why: z.string() }).readonly()),
    interfaces: list(z.object({ project: z.string(), text: z.string() }).readonly()),
    conventions: list(packetNoteSchema),
    constraints: list(packetNoteSchema),
    /** What has been seen so far in this wave: the red test, its output, edits that already hold. */
    evidence: list(packetNoteSchema),
    /** Texts withheld because the secret scanner found something, as counts per path. */
    withheld: list(z.object({ path: z.string(), secrets: z.number().int() }).readonly()),
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
    packets: list(
      z
        .object({
          taskId: z.string(),
          round: z.number().int().positive(),
          packetHash: z.string(),
          promptHash: z.string(),
          tokens: z.object({ repository: z.number().int(), other: z.number().int() }),
          files: list(packetFileSchema.unwrap().omit({ text: true })),
          omitted: list(z.object({ path: z.string(), why: z.string() })),
        })
        .readonly(),
    ),
    /** What came back and was proposed, per task; `proposed` maps path → sha256 of the text, or `deleted`. */
    answers: list(
      z
        .object({
          taskId: z.string(),
          model: z.string(),
          notes: agentNotesSchema,
          followUps: list(followUpSchema),
          tolerances: list(z.string()),
          /** Paths inside the specialist's domain but outside the planned projects, granted on request. */
          grants: list(z.string()),
          rounds: z.object({ asked: z.number().int(), context: z.number().int(), repair: z.number().int() }).readonly(),
          proposed: z.record(z.string(), z.string()),
        })
        .readonly(),
    ),
  })
  .readonly();
export type PacketLock = z.infer<typeof packetLockSchema>;
