import { expect, it } from 'vitest'
import { placeWords } from './place-words'

it.each([
  ['', ''],
  ['version', ''],
  ['anyOf[1]', 'authority 2'],
  ['anyOf[0].allOf[2]', 'authority 1, condition 3'],
  ['anyOf[0].allOf[2].anyOf', 'authority 1, condition 3'],
  ['anyOf[0].allOf[2].anyOf[0]', 'authority 1, condition 3, condition 1 in it'],
])('the place %j is called %j', (at, words) => expect(placeWords(at)).toBe(words))
