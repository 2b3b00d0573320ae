import 'server-only'
import { IMPORT_ORIGINS, type ImportOrigin } from '@/lib/domain/imports/origin'
import type { Import } from '../db/generated/client'

/** An import's origin as its row has it; the database knows no others. */
export function originOf({ origin }: Pick<Import, 'origin'>): ImportOrigin {
  const known = IMPORT_ORIGINS.find((each) => each === origin)
  if (!known) throw new TypeError('an import of an unknown origin')
  return known
}
