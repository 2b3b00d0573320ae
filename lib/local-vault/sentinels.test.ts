import { describe, expect, it } from 'vitest'
import { findSentinel, sentinels } from './sentinels'

describe('sentinel names', () => {
  it('match as prefixes, without case, so that several can be used at once', () => {
    expect(findSentinel('import', 'fail-import-503')).toEqual({ kind: 'fail', status: 503 })
    expect(findSentinel('import', 'Fail-Import-503-another')).toEqual({ kind: 'fail', status: 503 })
    expect(findSentinel('import', 'my-fail-import-503')).toBeUndefined()
  })

  it('touch only the operation they name', () => {
    for (const { prefix, operation } of sentinels.filter((sentinel) => sentinel.operation !== 'any')) {
      const others = [
        'create',
        'get',
        'list-versions',
        'delete',
        'sign',
        'import',
        'update',
        'release',
        'recover',
        'purge',
      ]
      for (const other of others.filter((name) => name !== operation))
        expect([prefix, other, findSentinel(other, prefix)]).toEqual([prefix, other, undefined])
      expect(findSentinel(operation, prefix)).toBeDefined()
    }
  })
})
