import { fail, pass, pending, warn } from './check'
import type { PreflightInput } from './input'
import type { Finding } from './report'

/** What a new version on a used name does; said here, on the check answers and on the review. */
export const NEW_VERSION_CONSEQUENCES =
  'The new version is disabled and becomes the latest at once: consumers that name the key without a version stop ' +
  'until it is enabled, and stay stopped after a rejection, because one version can’t be deleted.'

const typeIt = 'Choose a new name, or type the key’s name to confirm that you want this.'

/** Whether the name may be used: free, knowingly used again, or refused. */
export function checkNameState({ nameState, target, typedName }: PreflightInput): Finding {
  if (nameState === undefined || target?.name === undefined) return pending('Waits for the vault’s answer on the name.')
  const confirmed = typedName === target.name
  switch (nameState.state) {
    case 'free':
      return pass('No key has this name.')
    case 'in_use': {
      const fact = `A key with this name exists, with ${countVersions(nameState.versions)}. ${NEW_VERSION_CONSEQUENCES}`
      return confirmed ? warn(fact, 'Make sure that every consumer names a version.') : fail(fact, typeIt)
    }
    case 'not_known': {
      const fact = `It is not known whether a key has this name. If one has: ${NEW_VERSION_CONSEQUENCES}`
      return confirmed ? warn(fact, 'Ask the vault again, or look it up another way.') : fail(fact, typeIt)
    }
    case 'soft_deleted':
      return softDeleted(nameState)
  }
}

const countVersions = (versions: number): string => (versions === 1 ? 'one version' : `${versions} versions`)

function softDeleted({
  scheduledPurgeAt,
  recoveryLevel,
}: {
  scheduledPurgeAt: string | null
  recoveryLevel: string | null
}): Finding {
  const until = scheduledPurgeAt === null ? 'at a date that the vault did not tell' : `at ${scheduledPurgeAt}`
  const fact = `A deleted key holds this name; it is purged ${until}.`
  if (recoveryLevel === null) return fail(fact, 'Choose another name, or recover the deleted key.')
  if (recoveryLevel.includes('Purgeable')) {
    return fail(`${fact} Purge protection is off.`, 'Choose another name, recover the deleted key, or purge it.')
  }
  return fail(
    `${fact} Purge protection is on: nobody can free the name earlier.`,
    'Choose another name, or recover the deleted key.',
  )
}
