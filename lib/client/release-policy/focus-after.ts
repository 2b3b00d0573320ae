import type { PolicyEdit } from './edit-policy'
import type { Place } from './policy-outline'

/** Where the claim stands that is to be typed next, or null where the field that was in use is still there. */
export function focusAfter(edit: PolicyEdit): Place | null {
  switch (edit.edit) {
    case 'wrap':
      return [...edit.at, edit.group, 0]
    case 'add-group': {
      const group = 'kind' in edit.to ? edit.to : edit.to.group
      const place = group ? [...group.list, group.conditions.length] : [...edit.to.place, 'allOf', 0]
      return [...place, edit.group, 0]
    }
    case 'dissolve':
      return edit.of.place
    case 'remove':
      return edit.at
    default:
      return null
  }
}
