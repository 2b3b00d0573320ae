import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { policyFromTemplate, policyTemplates } from '@/lib/domain/releases/templates'
import { editPolicy } from './edit-policy'
import { describeOutlineProblem } from './outline-problem'
import type { OutlineAuthority, OutlineGroup, PolicyOutline } from './policy-outline'
import { readOutline } from './read-outline'

function outline(text: string): PolicyOutline {
  const read = readOutline(text)
  if (!read.ok) throw new Error(describeOutlineProblem(read.error))
  return read.value
}
function first(text: string): OutlineAuthority & { group: OutlineGroup } {
  const [authority] = outline(text).authorities
  if (!authority?.group) throw new Error('no authority')
  return { ...authority, group: authority.group }
}
const text = `{"note":"ours","version":"1.0","anyOf":[{"comment":1,"authority":"https://a.example","allof":[
  {"claim":"a","equals":true},{"claim":"svn","greater":1},{"anyOf":[{"claim":"b","equals":"x"}]}]}]}`

describe('the outline of a policy', () => {
  it('shows every authority, group and condition, and what it can’t change as it is written', () => {
    expect(first(text)).toMatchObject({
      authority: 'https://a.example',
      group: {
        group: 'allOf',
        list: ['anyOf', 0, 'allof'],
        conditions: [
          { kind: 'claim', claim: 'a', equals: true, at: 'anyOf[0].allOf[0]', place: ['anyOf', 0, 'allof', 0] },
          { kind: 'fixed', text: '{"claim":"svn","greater":1}' },
          { kind: 'group', group: 'anyOf', conditions: [{ claim: 'b', at: 'anyOf[0].allOf[2].anyOf[0]' }] },
        ],
      },
    })
  })

  it('shows what is unfinished: nothing at all, no authority, no condition, an empty claim', () => {
    expect(outline(' ').authorities).toEqual([])
    expect(outline('{"anyOf":[{}]}').authorities).toMatchObject([{ authority: '', group: null }])
    expect(first('{"anyOf":[{"authority":"","allOf":[{"claim":"","equals":""}]}]}').group.conditions).toMatchObject([
      { kind: 'claim', claim: '', equals: '' },
    ])
  })

  it.each([
    ['{\n  "version": "1.0.0",\n  "anyOf": [,]\n}', 'Line 3, column 13: The JSON can’t be read from here on.'],
    ['{"anyOf":[', 'Line 1, column 11: The JSON can’t be read from here on.'],
    ['{"anyOf":[],\n"anyOf":[]}', /^Line 2, column 1: A member stands twice.*\(anyOf\)$/],
    ['{"anyOf":[{"a":9007199254740993}]}', /too large/],
    ['[]', /shape/],
    ['{"anyOf":[{"allOf":[],"anyOf":[]}]}', /shape.*\(anyOf\[0\]\)/],
    ['{"anyOf":[1]}', /shape/],
    [`{"anyOf":[{"allOf":[${'{"allOf":['.repeat(20)}${']}'.repeat(20)}]}]}`, /nested more deeply/],
    ['x'.repeat(70_000), /64 KiB/],
  ])('says where %j is wrong', (wrong, words) => {
    const read = readOutline(wrong)
    expect(read.ok ? '' : describeOutlineProblem(read.error)).toMatch(words)
  })

  it('of any text never throws', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (any) => typeof readOutline(any).ok === 'boolean'))
  })
})

describe('an edit', () => {
  it('changes what it names, and nothing else of what was written', () => {
    const { group } = first(text)
    const added = editPolicy(outline(text), { edit: 'add-condition', to: group, claim: 'c', equals: 7 })
    const before = JSON.parse(text)
    expect(JSON.parse(added)).toEqual({
      ...before,
      anyOf: [{ ...before.anyOf[0], allof: [...before.anyOf[0].allof, { claim: 'c', equals: 7 }] }],
    })
    expect(Object.keys(JSON.parse(added))).toEqual(['note', 'version', 'anyOf'])
    const last = first(added).group.conditions.at(-1)
    expect(JSON.parse(editPolicy(outline(added), { edit: 'remove', at: last?.place ?? [] }))).toEqual(before)
  })

  it('sets a claim, a value, an authority and a kind of group', () => {
    let now = text
    const condition = () => first(now).group.conditions[0]?.place ?? []
    now = editPolicy(outline(now), { edit: 'set-claim', at: condition(), claim: '__proto__' })
    now = editPolicy(outline(now), { edit: 'set-equals', at: condition(), equals: 'false' })
    now = editPolicy(outline(now), { edit: 'set-group', of: first(now).group, group: 'anyOf' })
    now = editPolicy(outline(now), { edit: 'set-authority', of: first(now), authority: 'https://b.example' })
    expect(first(now)).toMatchObject({
      authority: 'https://b.example',
      group: { group: 'anyOf', conditions: [{ claim: '__proto__', equals: 'false' }, {}, {}] },
    })
    expect(JSON.parse(now).note).toBe('ours')
  })

  it('puts a condition into a group of its own and dissolves it again: the very same policy', () => {
    const condition = first(text).group.conditions[0]
    const wrapped = editPolicy(outline(text), { edit: 'wrap', at: condition?.place ?? [], group: 'anyOf' })
    const group = first(wrapped).group.conditions[0]
    expect(group).toMatchObject({ kind: 'group', group: 'anyOf', conditions: [{ claim: 'a', equals: true }] })
    if (group?.kind !== 'group') throw new Error('no group')
    expect(JSON.parse(editPolicy(outline(wrapped), { edit: 'dissolve', of: group }))).toEqual(JSON.parse(text))
  })

  it('adds a group to a group, and what a dissolved one held stands in its place, in its order', () => {
    let now = editPolicy(outline(text), { edit: 'add-group', to: first(text), group: 'anyOf' })
    const last = () => {
      const found = first(now).group.conditions.at(-1)
      if (found?.kind !== 'group') throw new Error('no group')
      return found
    }
    expect(last().conditions).toMatchObject([{ kind: 'claim', claim: '', equals: '' }])
    now = editPolicy(outline(now), { edit: 'add-group', to: last(), group: 'allOf' })
    expect(last().conditions).toMatchObject([{ kind: 'claim' }, { kind: 'group', group: 'allOf' }])
    now = editPolicy(outline(now), { edit: 'dissolve', of: last() })
    const kinds = first(now).group.conditions.map(({ kind }) => kind)
    expect(kinds).toEqual(['claim', 'fixed', 'group', 'claim', 'group'])
    const bare = outline('{"version":"1.0.0","anyOf":[{"authority":"https://a.example"}]}')
    const [authority] = bare.authorities
    if (!authority) throw new Error('no authority')
    expect(JSON.parse(editPolicy(bare, { edit: 'add-group', to: authority, group: 'anyOf' })).anyOf[0].allOf).toEqual([
      { anyOf: [{ claim: '', equals: '' }] },
    ])
  })

  it('begins with nothing: an authority, then its first condition', () => {
    const one = editPolicy(outline(''), { edit: 'add-authority', authority: 'https://a.example', conditions: [] })
    expect(JSON.parse(one)).toEqual({ version: '1.0.0', anyOf: [{ authority: 'https://a.example', allOf: [] }] })
    const bare = '{"version":"1.0.0","anyOf":[{"authority":"https://a.example"}]}'
    const [authority] = outline(bare).authorities
    if (!authority) throw new Error('no authority')
    const two = editPolicy(outline(bare), { edit: 'add-condition', to: authority, claim: 'a', equals: 1 })
    expect(JSON.parse(two).anyOf).toEqual([{ authority: 'https://a.example', allOf: [{ claim: 'a', equals: 1 }] }])
  })

  it('that sets what is there already leaves every template to the letter', () => {
    for (const template of policyTemplates) {
      const written = policyFromTemplate(template)
      const of = first(written)
      expect(editPolicy(outline(written), { edit: 'set-authority', of, authority: of.authority })).toBe(written)
    }
  })
})
