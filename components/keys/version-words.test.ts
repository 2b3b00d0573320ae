import { describe, expect, it } from 'vitest'
import { IMPORT_STATUSES } from '@/lib/domain/imports/status'
import { isWithheld } from './version-words'

describe('the public value of a version', () => {
  it('is withheld exactly while its import is undecided', () => {
    const brought = { id: 'i', reference: 'DB-1', origin: 'transfer_blob' as const }
    const withheld = IMPORT_STATUSES.filter((status) => isWithheld({ import: { ...brought, status } }))
    expect(withheld).toEqual(['uploading', 'indeterminate', 'awaiting_review', 'enabling', 'rejecting'])
  })

  it('is shown when no import brought it', () => expect(isWithheld({ import: null })).toBe(false))
})
