import { isImprecise, spellings } from '@/lib/domain/releases/contradictions'
import { isJsonObject, type JsonObject, memberOf } from '@/lib/domain/releases/json-object'
import { isScalar } from '@/lib/domain/releases/parse-policy'
import { maxPolicyJsonDepth, maxPolicyLength } from '@/lib/domain/releases/policy'
import { type PlainJsonProblem, readPlainJson } from '@/lib/domain/releases/read-plain-json'
import { err, ok, type Result } from '@/lib/domain/result'
import type { OutlineProblem, OutlineProblemCode } from './outline-problem'
import type {
  GroupKind,
  OutlineAuthority,
  OutlineCondition,
  OutlineGroup,
  Place,
  PolicyOutline,
} from './policy-outline'

/** The policy of somebody who has written nothing yet. */
export const emptyPolicy = (): JsonObject => ({ version: '1.0.0', anyOf: [] })

/**
 * What the editor can show of a text, also while something is missing: an empty claim, an empty list. Refused is what could not be
 * written back without losing something of it. Whether it is a policy says `parseReleasePolicy`.
 */
export function readOutline(text: string): Result<PolicyOutline, OutlineProblem> {
  if (text.length > maxPolicyLength) return problem('too-long')
  if (text.trim() === '') return outlineOf(emptyPolicy())
  const read = readPlainJson(text, maxPolicyJsonDepth)
  if (!read.ok) return err(placed(text, read.error))
  if (hasImprecise(read.value)) return problem('number-too-large')
  return isJsonObject(read.value) ? outlineOf(read.value) : problem('other-shape')
}

function outlineOf(json: JsonObject): Result<PolicyOutline, OutlineProblem> {
  const [name, another] = spellings.anyOf.filter((each) => Object.hasOwn(json, each))
  const list = name === undefined ? undefined : memberOf(json, name)
  if (name === undefined || another !== undefined || !Array.isArray(list)) return problem('other-shape')
  const authorities: OutlineAuthority[] = []
  for (const [index, each] of list.entries()) {
    const at = `anyOf[${index}]`
    const read = readAuthority(each, at, [name, index])
    if (!read) return problem('other-shape', at)
    authorities.push(read)
  }
  return ok({ json, list: [name], authorities })
}

function readAuthority(value: unknown, at: string, place: Place): OutlineAuthority | undefined {
  if (!isJsonObject(value)) return undefined
  const { authority = '' } = value
  if (typeof authority !== 'string') return undefined
  const listed = listsOf(value)
  if (listed.length > 1) return undefined
  const group = readGroup(value, at, place)
  return group || listed.length === 0 ? { at, place, authority, group: group ?? null } : undefined
}

const listsOf = (value: JsonObject): string[] =>
  [...spellings.allOf, ...spellings.anyOf].filter((name) => Object.hasOwn(value, name))

const groupKinds: Readonly<Record<string, GroupKind>> = {
  allOf: 'allOf',
  allof: 'allOf',
  anyOf: 'anyOf',
  anyof: 'anyOf',
}

function readGroup(value: JsonObject, at: string, place: Place): OutlineGroup | undefined {
  const [name, another] = listsOf(value)
  if (name === undefined || another !== undefined) return undefined
  const [group, list] = [groupKinds[name], memberOf(value, name)]
  if (!group || !Array.isArray(list)) return undefined
  const conditions = list.map((each, index) => readCondition(each, `${at}.${group}[${index}]`, [...place, name, index]))
  return { kind: 'group', at, place, group, list: [...place, name], conditions }
}

function readCondition(value: unknown, at: string, place: Place): OutlineCondition {
  const fixed = { kind: 'fixed', at, place, text: JSON.stringify(value) } as const
  if (!isJsonObject(value)) return fixed
  if (!Object.hasOwn(value, 'claim')) return readGroup(value, at, place) ?? fixed
  const { claim, equals } = value
  const isPlain = Object.keys(value).length === 2 && typeof claim === 'string' && isScalar(equals)
  return isPlain ? { kind: 'claim', at, place, claim, equals } : fixed
}

function hasImprecise(value: unknown): boolean {
  if (typeof value === 'number') return isImprecise(value)
  return typeof value === 'object' && value !== null && Object.values(value).some(hasImprecise)
}

function placed(text: string, { code, position, member }: PlainJsonProblem): OutlineProblem {
  const before = text.slice(0, position - 1)
  const lineStart = before.lastIndexOf('\n') + 1
  return { code, line: before.split('\n').length, column: position - lineStart, about: member }
}

const problem = (code: OutlineProblemCode, about: string | null = null) =>
  err({ code, line: null, column: null, about })
