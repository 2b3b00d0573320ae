import { z } from 'zod'

/**
 * The last second that can be sent to a vault: the official client (`@azure/keyvault-keys` 4.10) cuts times to 32 bits, and
 * a later one would arrive as 1901.
 */
export const LATEST_VAULT_TIME = new Date('2038-01-19T03:14:07Z')

export const isVaultTime = (time: Date) => time <= LATEST_VAULT_TIME

/** An instant that a vault is to be told, as ISO 8601 in UTC. */
export const vaultTimeSchema = z.iso
  .datetime({ message: 'Give a UTC date and time.' })
  .refine(
    (text) => isVaultTime(new Date(text)),
    'Vaults can be told times up to 2038-01-19 03:14:07 UTC only. Give an earlier one.',
  )
