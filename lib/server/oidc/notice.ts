import 'server-only'
import { z } from 'zod'
import { OIDC_REFUSALS } from '@/lib/domain/people/oidc-refusal'
import { OIDC_NOTICE_SECONDS, oidcNoticeCookie } from '../auth/session-cookie'
import { sealedCookie } from './sealed-cookie'

const refusal = z.enum(OIDC_REFUSALS)

/**
 * What the page after the provider has to say. In a cookie that only this console makes, never in the address: whoever
 * could write that page's words could have an administrator make an account for a stranger's subject.
 */
const noticeSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('sign-in'),
    code: refusal,
    /** Who the provider said it is, where it was verified. */
    who: z.object({ issuer: z.string(), subject: z.string(), name: z.string() }).nullable(),
  }),
  z.object({ kind: z.literal('step-up'), stepUpId: z.uuid().nullable(), code: refusal.nullable() }),
])
export type OidcNotice = z.infer<typeof noticeSchema>

export const noticeCookie = sealedCookie(noticeSchema, oidcNoticeCookie, OIDC_NOTICE_SECONDS)
