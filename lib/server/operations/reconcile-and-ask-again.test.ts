import { describe, expect, it } from 'vitest'
import { nextQuestion } from './reconcile-and-ask-again'

const deadline = new Date('2026-11-22T10:00:00Z')
const seconds = (s: number) => new Date(deadline.getTime() + s * 1000)

describe('the next question to a vault', () => {
  it.each([
    ['waits for the deadline', -10, 0],
    ['comes after 5 s at first', 0, 5],
    ['comes later the longer it lasts', 40, 60],
    ['comes at least every minute', 3600, 3660],
  ])('%s', (_title, now, next) => {
    expect(nextQuestion(deadline, seconds(now))).toEqual(seconds(next))
  })
})
