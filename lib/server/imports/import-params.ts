import 'server-only'
import { z } from 'zod'
import { IMPORT_ORIGINS } from '@/lib/domain/imports/origin'

/** What the intent of an import says of itself: enough to settle it without what was sent. It stands in the audit log too. */
export const importParamsSchema = z.object({
  /** Missing in intents of before origins were told apart. */
  origin: z.enum(IMPORT_ORIGINS).default('transfer_blob'),
  /** The importer’s own word that the server would see the key; for that way alone. */
  acknowledgedServerSeesKey: z.boolean().default(false),
  /** Null for a key that came over TLS. */
  kekKid: z.string().nullable(),
  fileSha256: z.string().nullable(),
  sentSha256: z.string().nullable(),
  normalised: z.string().nullable(),
  expectedPublicKeySha256: z.string().nullable(),
  draftId: z.string().nullable(),
})
export type ImportParams = z.infer<typeof importParamsSchema>
