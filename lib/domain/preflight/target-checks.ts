import { KIND_FACTS } from '../connections/kind'
import { isHardware } from '../imports/protection'
import { OFFICER_TAG_LIMIT, OWN_TAGS, TAG_LENGTH_LIMIT } from '../imports/target'
import { KEY_NAME_PATTERN } from '../keys/key-id'
import { OPERATIONS_OF } from '../keys/key-operations'
import { familyOf, isSizeOrCurve } from '../keys/key-type'
import { chosenShape } from './arithmetic-checks'
import { type ChecksOf, fail, pass, pending, waitsForType, waitsForVault, warn } from './check'
import { clearKeyTier } from './clear-key-tier'
import { generatorChecks } from './generator-checks'
import type { PreflightInput } from './input'
import { checkNameState } from './name-state-check'
import { checkReleasePolicy } from './release-policy-check'
import type { Finding } from './report'

const day = 24 * 60 * 60 * 1000

function tier(input: PreflightInput): Finding {
  const { vault, target, kek } = input
  if (vault === undefined) return waitsForVault
  if (target?.kty === undefined) return waitsForType
  if (input.way === 'jwk') return clearKeyTier(vault, target.kty)
  const { label, takesOctBlobs } = KIND_FACTS[vault.kind]
  if (!isHardware(target.kty)) return fail('A transfer blob becomes a key in hardware.', 'Choose the type with -HSM.')
  if (vault.tier === 'standard') {
    return fail(
      'The vault is of the Standard tier, which takes no HSM key.',
      'Select a Premium vault or a Managed HSM.',
    )
  }
  if (familyOf(target.kty) === 'oct' && !takesOctBlobs) {
    const fact = `A symmetric key by transfer blob is documented for Managed HSM, not for ${label}: the vault may refuse it.`
    return warn(fact, 'Select a Managed HSM.')
  }
  const proven = vault.tier === 'premium' || (kek?.state === 'read' && kek.kty === 'RSA-HSM')
  if (vault.kind === 'azure_managed_hsm') return pass('A Managed HSM takes this type.')
  if (proven) return pass('The vault holds HSM keys, so it takes this type.')
  return pending('Waits for the KEK: that it is an HSM key shows that the vault takes one.')
}

function size({ target }: PreflightInput): Finding {
  if (target?.kty === undefined) return waitsForType
  const family = familyOf(target.kty)
  const what = family === 'EC' ? 'curve' : 'size'
  if (!target.sizeOrCurve) return fail(`No ${what} is chosen.`, `Choose the ${what} of the exported key.`)
  if (isSizeOrCurve(family, target.sizeOrCurve)) return pass(`${target.kty}, ${target.sizeOrCurve}.`)
  return fail(`The ${what} does not belong to ${target.kty}.`, `Choose the ${what} of the exported key.`)
}

function operations({ target }: PreflightInput): Finding {
  if (target?.kty === undefined || target.keyOps === undefined) return pending('Waits for the operations to be chosen.')
  const fitting: readonly string[] = OPERATIONS_OF[familyOf(target.kty)]
  if (target.keyOps.length === 0) return fail('No operation is chosen.', 'Choose what the key is for.')
  const wrong = target.keyOps.filter((operation) => !fitting.includes(operation))
  if (wrong.length === 0) return pass(`${target.keyOps.join(', ')}.`)
  return fail('An operation does not fit the type.', `${target.kty} takes: ${fitting.join(', ')}.`)
}

function releasePolicy({ target, vault }: PreflightInput): Finding {
  if (target?.exportable === undefined || target.releasePolicy === undefined) {
    return pending('Waits for the choice whether the key may be released.')
  }
  const { exportable, releasePolicy: policy } = target
  if (!exportable && policy === null) return pass('Not exportable, and without a release policy.')
  if (policy === null)
    return fail('The key is exportable but has no release policy.', 'Give a release policy, or make it not exportable.')
  if (!exportable)
    return fail(
      'There is a release policy, but the key is not exportable.',
      'Remove the policy, or make the key exportable.',
    )
  if (target.kty !== undefined && !isHardware(target.kty)) {
    return fail('Only a key in hardware may be released.', 'Ask for hardware protection, or make it not exportable.')
  }
  return checkReleasePolicy(policy, vault?.url ?? null)
}

function tags({ target }: PreflightInput): Finding {
  if (target?.tags === undefined) return pending('Waits for the tags.')
  const entries = Object.entries(target.tags)
  if (entries.length > OFFICER_TAG_LIMIT) {
    const fact = `${entries.length} tags; a vault takes 15, of which Drawbridge sets ${OWN_TAGS.length}.`
    return fail(fact, `Leave at most ${OFFICER_TAG_LIMIT}.`)
  }
  if (entries.some(([name]) => name === '')) return fail('A tag has no name.', 'Name it, or remove it.')
  if (entries.some(([name]) => OWN_TAGS.some((own) => own === name))) {
    return fail(`The tags ${OWN_TAGS.join(', ')} are set by Drawbridge.`, 'Rename or remove yours.')
  }
  if (entries.some(([name, value]) => name.length > TAG_LENGTH_LIMIT || value.length > TAG_LENGTH_LIMIT)) {
    return fail(`A tag’s name or value is longer than ${TAG_LENGTH_LIMIT} characters.`, 'Shorten it.')
  }
  if (entries.some((entry) => entry.some((text) => /\S@\S/.test(text)))) {
    return warn(
      'A tag looks like an e-mail address. Whoever may list keys reads tags.',
      'Leave people’s names out of tags.',
    )
  }
  return pass(entries.length === 0 ? 'None of your own.' : `${entries.length} of at most ${OFFICER_TAG_LIMIT}.`)
}

function expiry({ target, now, maximumValidityDays }: PreflightInput): Finding {
  if (target?.expiresAt === undefined) return pending('Waits for the expiry.')
  if (target.expiresAt === null) {
    const fact = 'The key would never expire.'
    return maximumValidityDays === undefined
      ? warn(fact, 'Give an expiry, or record why there is none.')
      : fail(fact, `Give an expiry within ${maximumValidityDays} days.`)
  }
  const end = Date.parse(target.expiresAt)
  if (Number.isNaN(end)) return fail('The expiry is not a date.', 'Give a UTC date and time.')
  if (end <= now.getTime()) return fail('The expiry is in the past.', 'Give a later one.')
  if (target.notBefore && Date.parse(target.notBefore) >= end) {
    return fail('The expiry is not after the not-before date.', 'Give a later expiry.')
  }
  if (maximumValidityDays !== undefined && end - now.getTime() > maximumValidityDays * day) {
    return fail(`The expiry is more than ${maximumValidityDays} days ahead.`, 'Give an earlier one.')
  }
  return pass(`Expires at ${target.expiresAt}.`)
}

function downstream(input: PreflightInput): Finding {
  const shape = chosenShape(input)
  if (shape === undefined) return waitsForType
  if (shape.family !== 'RSA' || shape.sizeOrCurve !== '4096') return pass('No known service refuses this size.')
  return warn(
    'Azure SQL takes RSA keys of 2048 and 3072 bits only.',
    'Bring a key of 3072 bits if Azure SQL will use it.',
  )
}

function cloud({ vault }: PreflightInput): Finding {
  if (vault === undefined) return waitsForVault
  const host = new URL(vault.url).hostname
  if (vault.kind !== 'azure_managed_hsm' || !host.endsWith('.azure.cn')) return pass('BYOK is offered here.')
  const fact = 'BYOK is not available in a Managed HSM operated by 21Vianet (.azure.cn).'
  return fail(fact, 'Select a Premium Key Vault, or a Managed HSM in another cloud.')
}

export const targetChecks: ChecksOf<'target'> = {
  'target-name': ({ target }) => {
    if (!target?.name) return pending('Waits for the name.')
    if (KEY_NAME_PATTERN.test(target.name)) return pass('Letters, digits and hyphens only.')
    return fail('The name is not valid.', 'Use 1 to 127 letters, digits and hyphens.')
  },
  'target-name-state': checkNameState,
  'target-tier': tier,
  'target-size': size,
  'target-operations': operations,
  'target-release-policy': releasePolicy,
  'target-tags': tags,
  'target-expiry': expiry,
  'target-disabled': () => pass('The key arrives with enabled: false, always. A second officer enables it.'),
  'target-downstream': downstream,
  'target-cloud': cloud,
  ...generatorChecks,
}
