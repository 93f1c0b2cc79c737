import { z } from 'zod';
import { CASE_KINDS } from '../../domain/kinds';
import { SEVERITIES } from '../../domain/severity';
import { CASE_FORMAT } from '../../proof/verify.cjs';

const Moment = z.iso.datetime().describe('ISO 8601, UTC');
const Hash = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .describe('SHA-256, hexadecimal');

const Event = z.object({
  seq: z.int().min(1),
  at: Moment,
  type: z.string(),
  actor: z.string().describe('A Slack user id, or "system"').optional(),
  key: z.string().nullable().describe('What caused it; null for jobs').optional(),
  data: z.looseObject({}).describe('What it says, by its type').optional(),
  salt: z.string().optional(),
  content: Hash.describe('Of salt, actor, key and data; absent in events of the first form').optional(),
  erased: z.literal(true).describe('What it said was erased, as retention asks').optional(),
  previous: Hash.or(z.literal('')).describe('The hash of the event before it; empty for the first'),
  hash: Hash,
});

const Record = z.object({
  format: z.literal(CASE_FORMAT),
  id: z.string(),
  case: z
    .looseObject({
      ref: z.string(),
      kind: z.enum(CASE_KINDS),
      state: z.string(),
      severity: z.enum(SEVERITIES),
      reporter: z.string(),
      filedAt: Moment,
      sp: z.object({ account: z.string(), name: z.string().nullable() }),
      sj: z.string(),
      area: z.string().nullable(),
      owner: z.string().nullable(),
      answers: z.looseObject({}),
    })
    .describe('What is true of the case; all of it follows from its events'),
  events: z.array(Event).min(1),
});

/** The JSON Schema of an export's `case.json`. */
export const RECORD_SCHEMA = z.toJSONSchema(Record, { target: 'draft-2020-12' });
