import 'server-only'
import { z } from 'zod'
import { ROLES } from '@/lib/domain/people/roles'
import { readJson, writePrivateJson } from './private-json'

const officerSchema = z.object({
  name: z.string(),
  email: z.string(),
  password: z.string(),
  roles: z.array(z.enum(ROLES)),
})
export type LocalOfficer = z.infer<typeof officerSchema>

const vaultSchema = z.object({
  name: z.string(),
  kind: z.enum(['azure-key-vault', 'azure-managed-hsm']),
  url: z.string(),
})
export type LocalVaultEntry = z.infer<typeof vaultSchema>

/** What a newcomer needs to finish the review that the first start left waiting. */
const exerciseSchema = z.object({ importReference: z.string(), publicKeySha256: z.string() })
export type Exercise = z.infer<typeof exerciseSchema>

const localFileSchema = z.looseObject({
  officers: z.array(officerSchema).default([]),
  vaults: z.array(vaultSchema).default([]),
  exercise: exerciseSchema.optional(),
})
export type LocalFile = z.infer<typeof localFileSchema>

/** The description of the local installation, as the launcher began it; undefined where there is none. */
export function readLocalFile(path: string | undefined): LocalFile | undefined {
  if (path === undefined) return undefined
  const content: unknown = readJson(path)
  return content === undefined ? undefined : localFileSchema.parse(content)
}

/** Adds to it; written so that only its owner can read it, and never half. */
export function extendLocalFile(
  path: string,
  more: { officers?: LocalOfficer[]; exercise?: Exercise | undefined },
): void {
  const known: unknown = readJson(path)
  writePrivateJson(path, { ...(typeof known === 'object' ? known : {}), ...more })
}
