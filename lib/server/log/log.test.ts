import { afterEach, describe, expect, it, vi } from 'vitest'
import { requestIsOf, withinRequest } from './current-request'
import { placesOf } from './failure-places'
import { type LogFacts, lineOf, log } from './log'
import { requestIdFor } from './request-id'

const AT = new Date('2026-11-22T07:00:00.000Z')

describe('a line of the log', () => {
  afterEach(() => vi.restoreAllMocks())

  it('is one line of JSON that says when, how grave and what', () => {
    const line = lineOf('info', 'request', { route: '/keys/[connection]/[name]', status: 200, ms: 12 }, AT)
    expect(line).toBe(
      '{"time":"2026-11-22T07:00:00.000Z","level":"info","event":"request","route":"/keys/[connection]/[name]","status":200,"ms":12}',
    )
    expect(lineOf('info', 'x', { words: 'two\nlines' }, AT)).not.toContain('\n')
  })

  it('holds what the list allows, whatever else its caller’s object holds', () => {
    const talkative = { route: '/keks', password: 'hunter2', headers: { cookie: 'secret' }, query: 'q=payments' }
    const line = lineOf('info', 'request', talkative satisfies LogFacts & Record<string, unknown>, AT)
    expect(JSON.parse(line)).toEqual({ time: AT.toISOString(), level: 'info', event: 'request', route: '/keks' })
  })

  it('tells of a failure its kind and places, and none of its words', () => {
    const cause = new TypeError('the passphrase was correct horse')
    const error = Object.assign(new Error('could not read\nhunter2', { cause }), { code: 'ECONNRESET' })
    const places = placesOf(error)
    expect(places).toMatchObject({ name: 'Error', code: 'ECONNRESET', cause: 'TypeError' })
    expect(places.at?.[0]).toMatch(/^at /)
    expect(JSON.stringify(places)).not.toMatch(/hunter2|horse|could not read/)
    expect(placesOf('hunter2')).toEqual({ name: 'string' })
  })

  it('within a request carries its id and, once known, its person; outside, neither', async () => {
    const lines: string[] = []
    vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => lines.push(String(chunk)) > 0)
    await withinRequest({ requestId: 'request-one' }, async () => {
      log('info', 'before')
      await Promise.resolve()
      requestIsOf('person-one')
      await new Promise((resolve) => setImmediate(resolve))
      log('info', 'after')
    })
    log('info', 'outside')
    const told = lines.map((line) => JSON.parse(line))
    expect(told.map(({ event, requestId, personId }) => [event, requestId, personId])).toEqual([
      ['before', 'request-one', undefined],
      ['after', 'request-one', 'person-one'],
      ['outside', undefined, undefined],
    ])
  })
})

describe('a request’s id', () => {
  const GIVEN = '4bf92f3577b34da6a3ce929d0e0e4736'
  it('is a trusted proxy’s, where it is one', () => {
    expect(requestIdFor(GIVEN, true)).toBe(GIVEN)
  })
  it.each([
    ['from anybody else', GIVEN, false],
    ['that is missing', undefined, true],
    ['that came twice', [GIVEN, GIVEN], true],
    ['that is too short to be one', 'abc', true],
    ['that would break out of its line', 'a'.repeat(16).concat('\n{"level":"info"}'), true],
    ['that is endless', 'a'.repeat(65), true],
  ])('%s is replaced by one of ours', (_, given, trusted) => {
    expect(requestIdFor(given, trusted)).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    )
  })
})
