import type { WizardChoices } from '@/lib/domain/imports/views'

/** A KEK's page leads here with its id; a single vault is chosen beforehand. */
export function startFrom(choices: WizardChoices, kekId: string | undefined) {
  const vault = choices.vaults.find(({ keks }) => keks.some(({ id }) => id === kekId))
  const kek = vault?.keks.find(({ id }) => id === kekId)
  const [first, second] = choices.vaults
  const chosen = vault ?? (second ? undefined : first)
  return { ...(chosen ? { connectionId: chosen.connectionId } : {}), ...(kek ? { kekKid: kek.kid } : {}) }
}
