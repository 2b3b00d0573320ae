import 'server-only'
import { z } from 'zod'

/** What the vault answered about an arrived import: public facts and its request ids. */
export const importReceiptSchema = z.object({
  importRequestId: z.string().nullable(),
  readBackRequestId: z.string().nullable(),
  kty: z.string(),
  sizeOrCurve: z.string().nullable(),
  keyOps: z.array(z.string()),
  enabled: z.boolean(),
  hsmPlatform: z.string().nullable(),
  recoveryLevel: z.string().nullable(),
  /** Facts that are not what was asked for, by name. */
  differences: z.array(z.string()),
  comparison: z.object({
    expected: z.string().nullable(),
    outcome: z.enum(['equal', 'different', 'not compared']),
  }),
  /** True when the reconciler found it, after its caller could not tell. */
  foundLater: z.boolean(),
})
export type ImportReceipt = z.infer<typeof importReceiptSchema>
