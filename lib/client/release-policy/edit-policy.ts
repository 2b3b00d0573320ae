import { isJsonObject, type JsonObject } from '@/lib/domain/releases/json-object'
import type { Scalar } from '@/lib/domain/releases/policy'
import type { GroupKind, OutlineAuthority, OutlineGroup, Place, PolicyOutline } from './policy-outline'

/** One change that the editor makes. Whatever it doesn't touch stays as it is, members that it doesn't know among it. */
export type PolicyEdit =
  | { edit: 'set-authority'; of: OutlineAuthority; authority: string }
  | { edit: 'add-authority'; authority: string; conditions: readonly { claim: string; equals: Scalar }[] }
  | { edit: 'set-group'; of: OutlineGroup; group: GroupKind }
  | { edit: 'set-claim'; at: Place; claim: string }
  | { edit: 'set-equals'; at: Place; equals: Scalar }
  | { edit: 'add-condition'; to: OutlineAuthority | OutlineGroup; claim: string; equals: Scalar }
  | { edit: 'remove'; at: Place }

/** The policy's text after an edit, written anew with two blanks a level. */
export function editPolicy({ json, list }: PolicyOutline, edit: PolicyEdit): string {
  return JSON.stringify(apply(json, list, edit), null, 2)
}

function apply(json: JsonObject, authorities: Place, edit: PolicyEdit): unknown {
  switch (edit.edit) {
    case 'set-authority':
      return changeAt(json, edit.of.place, (value) => withMember(value, 'authority', edit.authority))
    case 'add-authority': {
      const { authority, conditions } = edit
      return changeAt(json, authorities, (value) => appended(value, { authority, allOf: conditions }))
    }
    case 'set-group': {
      const spelling = edit.of.list.at(-1)
      return changeAt(json, edit.of.place, (value) => renamed(value, spelling, edit.group))
    }
    case 'set-claim':
      return changeAt(json, edit.at, (value) => withMember(value, 'claim', edit.claim))
    case 'set-equals':
      return changeAt(json, edit.at, (value) => withMember(value, 'equals', edit.equals))
    case 'add-condition': {
      const { to, claim, equals } = edit
      const group = 'kind' in to ? to : to.group
      return group
        ? changeAt(json, group.list, (value) => appended(value, { claim, equals }))
        : changeAt(json, to.place, (value) => withMember(value, 'allOf', [{ claim, equals }]))
    }
    case 'remove':
      return changeAt(json, edit.at.slice(0, -1), (value) => without(value, edit.at.at(-1)))
  }
}

/** The value with what stands at a place changed; a place that is not there changes nothing. */
function changeAt(value: unknown, [first, ...rest]: Place, change: (value: unknown) => unknown): unknown {
  if (first === undefined) return change(value)
  if (Array.isArray(value)) return value.map((each, index) => (index === first ? changeAt(each, rest, change) : each))
  if (!isJsonObject(value) || !Object.hasOwn(value, first)) return value
  return withMember(value, String(first), changeAt(value[first], rest, change))
}

/** `fromEntries` defines members of its own, whatever they are called, and they keep their order. */
function withMember(value: unknown, name: string, member: unknown): unknown {
  return isJsonObject(value) ? Object.fromEntries(new Map(Object.entries(value)).set(name, member)) : value
}

function renamed(value: unknown, from: string | number | undefined, to: string): unknown {
  if (!isJsonObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name === from ? to : name, member]))
}

const appended = (value: unknown, item: unknown): unknown => (Array.isArray(value) ? [...value, item] : value)

const without = (value: unknown, index: string | number | undefined): unknown =>
  Array.isArray(value) ? value.filter((_each, at) => at !== index) : value
