import { Banner } from '../ui/banner'
import { Button } from '../ui/button'
import type { Wizard } from './use-import-wizard'

/** The blob names another KEK than the chosen one: said at once, and mended by one click where it can be. */
export function OtherKek({ wizard, kid }: { wizard: Wizard; kid: string | null }) {
  const { state, choices, dispatch } = wizard
  if (!kid || kid === state.answers.kekKid) return null
  const vault = choices.vaults.find(({ keks }) => keks.some((kek) => kek.kid === kid))
  const kek = vault?.keks.find((candidate) => candidate.kid === kid)

  function choose() {
    if (!vault) return
    dispatch({ type: 'vault-chosen', connectionId: vault.connectionId })
    dispatch({ type: 'kek-chosen', kekKid: kid ?? '' })
  }

  return (
    <Banner
      tone="attention"
      title="The blob names another KEK than the one you chose."
      actions={
        kek && vault ? (
          <Button onClick={choose}>
            Use {kek.name} in {vault.name}
          </Button>
        ) : undefined
      }
    >
      {kek && vault
        ? `It was wrapped for ${kek.name} in ${vault.name}.`
        : 'None of the KEKs that Drawbridge knows has this identifier. Wrap the key under one of them, or refresh the vault.'}
    </Banner>
  )
}
