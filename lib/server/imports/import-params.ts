import 'server-only'
import { z } from 'zod'

/** What the intent of an import says of itself: enough to settle it without the blob. */
export const importParamsSchema = z.object({
  kekKid: z.string(),
  fileSha256: z.string(),
  sentSha256: z.string(),
  normalised: z.string().nullable(),
  expectedPublicKeySha256: z.string().nullable(),
  draftId: z.string().nullable(),
})
export type ImportParams = z.infer<typeof importParamsSchema>
