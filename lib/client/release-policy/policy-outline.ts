import type { JsonObject } from '@/lib/domain/releases/json-object'
import type { Scalar } from '@/lib/domain/releases/policy'

/** A way into the policy's JSON: names of members and places in lists, as they are spelt there. */
export type Place = readonly (string | number)[]

export type GroupKind = 'allOf' | 'anyOf'

/**
 * What the editor shows of a policy that may still be unfinished. `at` is the place as findings and problems name it
 * (`anyOf[0].allOf[1]`). `fixed` is what the editor shows and can only take away: an operator that is never met, or something odd.
 */
export type OutlineCondition =
  | { kind: 'claim'; at: string; place: Place; claim: string; equals: Scalar }
  | { kind: 'fixed'; at: string; place: Place; text: string }
  | OutlineGroup

/** `list` is the place of its conditions. */
export type OutlineGroup = {
  kind: 'group'
  at: string
  place: Place
  group: GroupKind
  list: Place
  conditions: OutlineCondition[]
}

/** `group` is null where the authority asks for nothing yet. */
export type OutlineAuthority = { at: string; place: Place; authority: string; group: OutlineGroup | null }

/** `list` is the place of the authorities. */
export type PolicyOutline = { json: JsonObject; list: Place; authorities: OutlineAuthority[] }
