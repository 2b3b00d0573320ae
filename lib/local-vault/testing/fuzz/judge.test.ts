import { describe, expect, it } from 'vitest'
import { judge } from './fuzz-vault'
import { randomOf } from './random'
import { spoil } from './spoil'
import { wellFormed } from './well-formed'

const head = 'HTTP/1.1 400 Bad Request\r\ncontent-type: application/json'
const error = (message: string) => JSON.stringify({ error: { code: 'BadParameter', message } })

describe('an answer to a spoilt request', () => {
  it('is well where it is a documented refusal', () => {
    expect(judge({ status: 400, head, body: error('no') })).toBeUndefined()
    expect(judge({ status: 431, head: '', body: '' })).toBeUndefined()
  })

  it.each([
    ['none', 'never' as const],
    ['a connection that ended', { status: null, head: '', body: '' }],
    ['a 5xx', { status: 500, head, body: error('no') }],
    ['an undocumented 4xx', { status: 418, head, body: error('no') }],
    ['a page', { status: 400, head: 'content-type: text/html', body: '<html>' }],
    ['an error of another shape', { status: 400, head, body: '{"message":"no"}' }],
    ['a stack', { status: 400, head, body: error('Error\n    at open (/srv/vault.mjs:1:2)') }],
  ])('is a finding: %s', (_what, answer) => {
    expect(judge(answer)).toBeDefined()
  })
})

it('the same seed makes the same request, another seed another', () => {
  const make = (seed: string) => {
    const random = randomOf(seed)
    return spoil(wellFormed(random, 'azure-key-vault', {}, 'token'), random)
  }
  expect(make('one/7')).toEqual(make('one/7'))
  const many = Array.from({ length: 50 }, (_unused, at) => JSON.stringify(make(`one/${at}`)))
  expect(new Set(many).size).toBeGreaterThan(45)
})
