import type { JsonObject } from '@/lib/domain/releases/json-object'

/** A token that is tried on the policy, as far as the screen knows it: nobody need have verified it. */
export type TokenInView = { name: string; issuer: string; claims: JsonObject }
