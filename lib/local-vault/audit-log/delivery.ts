import { z } from 'zod'

/** The cloud promises ten minutes. */
export const delaySeconds = { min: 0, max: 3600 } as const

/** The `auditLog` of settings.json: what the cloud's log is like on a bad day. All of it is off by default. */
export const deliverySchema = z.strictObject({
  /** How much later than its call a record is written. */
  delaySeconds: z.int().min(delaySeconds.min).max(delaySeconds.max).default(0),
  /** Every third record is written twice. */
  duplicates: z.boolean().default(false),
  /** Records are written up to five seconds late, each its own while, so that later ones overtake earlier ones. */
  disorder: z.boolean().default(false),
  /** Connection string of an Azure storage account that gets a copy as append blobs. */
  storage: z.string().min(1).nullable().default(null),
})

export type Delivery = z.infer<typeof deliverySchema>

export const promptDelivery = deliverySchema.parse({})

/** Milliseconds. */
export const longestDisorderMs = 5_000

/** Whether a record may be written later than its call is answered. */
export function isLate({ delaySeconds, disorder }: Delivery): boolean {
  return delaySeconds > 0 || disorder
}
