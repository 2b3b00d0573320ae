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
  /** Conditions within a condition: one that is there, or an empty one, becomes the first of them. */
  | { edit: 'wrap'; at: Place; group: GroupKind }
  | { edit: 'add-group'; to: OutlineAuthority | OutlineGroup; group: GroupKind }
  /** What stands in a group within another takes the group's place. */
  | { edit: 'dissolve'; of: OutlineGroup }
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
    case 'add-condition':
      return added(json, edit.to, { claim: edit.claim, equals: edit.equals })
    case 'add-group':
      return added(json, edit.to, { [edit.group]: [{ claim: '', equals: '' }] })
    case 'wrap':
      return changeAt(json, edit.at, (value) => ({ [edit.group]: [value] }))
    case 'dissolve':
      return changeAt(json, edit.of.place.slice(0, -1), (value) => dissolved(value, edit.of))
    case 'remove':
      return changeAt(json, edit.at.slice(0, -1), (value) => without(value, edit.at.at(-1)))
  }
}

function added(json: JsonObject, to: OutlineAuthority | OutlineGroup, condition: JsonObject): unknown {
  const group = 'kind' in to ? to : to.group
  return group
    ? changeAt(json, group.list, (value) => appended(value, condition))
    : changeAt(json, to.place, (value) => withMember(value, 'allOf', [condition]))
}

function dissolved(value: unknown, { place, list }: OutlineGroup): unknown {
  if (!Array.isArray(value)) return value
  return value.flatMap((each: unknown, index) => {
    const inner: unknown = index === place.at(-1) && isJsonObject(each) ? each[String(list.at(-1))] : undefined
    return Array.isArray(inner) ? inner : [each]
  })
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
