/**
 * The only importer of zod, and no more of it than the schemas use. The build puts both into one file (tools/bundle-module.mjs): every plan
 * loads it, and zod from its own folder is ninety-five files, two in three of them its messages in other languages.
 */
export {
  array, boolean, coerce, discriminatedUnion, enum, literal, number, object, record, strictObject, string, stringbool, toJSONSchema, tuple, union, unknown, uuid,
  type core, type infer, type ZodType,
} from 'zod';
