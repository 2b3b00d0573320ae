import { describe, expect, it } from 'vitest'
import { isMoving, parseImportProgress } from './import-progress'

describe('the progress of an import', () => {
  it('reads a status it knows, and words where there are some', () => {
    expect(parseImportProgress({ status: 'failed', failureWords: 'The vault refused.' })).toEqual({
      status: 'failed',
      failureWords: 'The vault refused.',
    })
  })

  it.each([null, 'enabled', {}, { status: 'done' }])('never takes what makes no sense for a status: %j', (value) => {
    expect(() => parseImportProgress(value)).toThrow()
  })

  it('is asked for only while it can change by itself', () => {
    expect(['uploading', 'indeterminate'].map((status) => isMoving(parseImportProgress({ status }).status))).toEqual([
      true,
      true,
    ])
    expect(isMoving('awaiting_review')).toBe(false)
  })
})
