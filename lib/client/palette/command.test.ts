import { describe, expect, it } from 'vitest'
import { type Command, findCommands } from './command'

const run = () => undefined
const commands: Command[] = [
  { id: 'a', group: 'console', label: 'Import a key', also: 'byok', run },
  { id: 'b', group: 'places', label: 'Import', run },
  { id: 'c', group: 'page', label: 'Disable now', hint: 'You imported this key', closed: true, run },
  { id: 'd', group: 'page', label: 'Request enabling', run },
  { id: 'e', group: 'up', label: 'Keys', run },
]
const found = (typed: string) => findCommands(commands, typed).map(({ id }) => id)

describe('the palette’s order', () => {
  it('is page, up, places, console where nothing is typed', () => {
    expect(found('')).toEqual(['c', 'd', 'e', 'b', 'a'])
  })

  it('keeps the page’s own first though another fits better', () => {
    expect(found('i')).toEqual(['c', 'd', 'b', 'a'])
  })

  it('puts within a group what begins so before what holds it', () => {
    expect(found('re')).toEqual(['d'])
    expect(found('en')).toEqual(['d'])
    expect(findCommands(commands, 'now').map(({ id }) => id)).toEqual(['c'])
  })

  it('finds by every word, by hint and by what else it is called', () => {
    expect(found('key import')).toEqual(['c', 'a'])
    expect(found('BYOK')).toEqual(['a'])
    expect(found('nothing like it')).toEqual([])
  })
})
