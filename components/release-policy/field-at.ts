import type { Place } from '@/lib/client/release-policy/policy-outline'

/** The id of the field in which a condition's claim is typed: where the focus goes when it has moved. */
export function fieldAt(editor: string, place: Place): string {
  return `${editor}-at-${place.join('-')}`
}
