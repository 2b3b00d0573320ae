import 'server-only'
import type { OidcRefusal } from '@/lib/domain/people/oidc-refusal'

/** Why nobody was let in, and whom the provider had named by then. */
export interface Refused {
  code: OidcRefusal
  who: { issuer: string; subject: string; name: string } | null
}
