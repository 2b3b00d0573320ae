import { describe, expect, it } from 'vitest'
import { formatSessionEnds, SESSION_HEADER } from '@/lib/domain/people/session-ends'
import { learnFrom, learnSession, sessionStore } from './session-store'

const ends = { personId: '5b3c', idleInMs: 60_000, endsInMs: 120_000 }
const answer = (init: ResponseInit) => new Response(null, init)
const header = (personId: string) => ({ headers: { [SESSION_HEADER]: formatSessionEnds({ ...ends, personId }) } })

describe('what the open page knows of its session', () => {
  it('is what the last answer told, and that it has ended by 401 alone', () => {
    learnSession(ends)
    expect(sessionStore.read()).toMatchObject({ is: 'open', deadlines: { personId: ends.personId } })
    learnFrom(answer({ status: 503 }))
    expect(sessionStore.read()).toMatchObject({ is: 'open' })
    learnFrom(answer({ status: 401 }))
    expect(sessionStore.read()).toEqual({ is: 'ended' })
    learnFrom(answer(header(ends.personId)))
    expect(sessionStore.read()).toMatchObject({ is: 'open' })
  })

  it('is not what was asked for before the session was prolonged', () => {
    const stale = Date.now() - 5
    learnSession({ ...ends, idleInMs: 900_000 })
    const prolonged = sessionStore.read()
    learnFrom(answer(header(ends.personId)), stale)
    expect(sessionStore.read()).toBe(prolonged)
    learnFrom(answer(header(ends.personId)), Date.now() + 1)
    expect(sessionStore.read()).not.toBe(prolonged)
  })

  it('is that the page is nobody’s, once another person has signed in', () => {
    learnFrom(answer(header('another')), Date.now() + 2)
    expect(sessionStore.read()).toEqual({ is: 'replaced' })
  })
})
