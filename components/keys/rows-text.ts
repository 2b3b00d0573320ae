import type { InventoryRow } from '@/lib/domain/keys/views'

/** What a line of the table shows. */
export type ListedKey = Omit<InventoryRow, 'id' | 'environment'>

/** The rows of a page as they cross to the browser's code: one text instead of a thousand values that are visited one by one. */
export type RowsText = string

const pack = (row: ListedKey) =>
  [
    row.connectionId,
    row.vaultName,
    row.name,
    row.kty,
    row.sizeOrCurve,
    row.hsmPlatform,
    row.state,
    row.origin,
    row.expiresAt,
    row.updatedAt,
    row.compromised,
    row.isKek,
    row.underReview,
  ] as const

function unpack(packed: ReturnType<typeof pack>): ListedKey {
  const [connectionId, vaultName, name, kty, sizeOrCurve, hsmPlatform, state, origin, expiresAt, updatedAt] = packed
  const [, , , , , , , , , , compromised, isKek, underReview] = packed
  const words = { connectionId, vaultName, name, kty, sizeOrCurve, hsmPlatform, state, origin, expiresAt, updatedAt }
  return { ...words, compromised, isKek, underReview }
}

/** Values in a fixed order: what they are called is known on both sides. */
export function rowsToText(rows: readonly ListedKey[]): RowsText {
  return JSON.stringify(rows.map(pack))
}

export function rowsFromText(text: RowsText): ListedKey[] {
  const packed = JSON.parse(text) as ReturnType<typeof pack>[] // by rowsToText, of the server that rendered this very page
  return packed.map(unpack)
}
