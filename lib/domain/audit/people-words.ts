import { type FactReader, sentence, type Told } from './told'

/** Who ended whose session, and why. */
export function describeEnd({ who, fact }: Told): string {
  const whose = fact('name') ?? 'somebody'
  switch (fact('because')) {
    case 'new-sign-in':
      return sentence(`A session of ${whose} ended: the same browser signed in anew`)
    case 'new-password':
      return sentence(`${who} ended a session of their own with a new password`)
    case 'another-session':
      return sentence(`${who} ended another of their own sessions`)
    case 'administrator':
      return sentence(`${who} ended a session of ${whose}`)
    case 'disabled':
      return sentence(`A session of ${whose} ended with their account`)
    default:
      return sentence(`${who} signed out`)
  }
}

export function personChange({ fact }: Told): string {
  const name = fact('name') ?? 'a person'
  switch (fact('change')) {
    case 'roles':
      return `changed the roles of ${name}`
    case 'enabled':
      return `enabled the account of ${name} again`
    case 'passkeys':
      return `took the passkeys of ${name} away`
    case 'password':
      return `took the password of ${name} away for a new one`
    default:
      return `changed the account of ${name}`
  }
}

/** What a proposal is for, as its own facts tell it. */
export function proposalWords({ fact, key, vault }: Told): string {
  const subject = fact('subject') ?? 'somebody'
  switch (fact('proposal')) {
    case 'create_person':
      return `create the account of ${subject}`
    case 'change_roles':
      return `change the roles of ${subject}`
    case 'enable_person':
      return `enable the account of ${subject} again`
    case 'reset_passkeys':
      return `take the passkeys of ${subject} away`
    case 'renew_invitation':
      return `give ${subject} a new invitation`
    case 'change_connection':
      return `change the connection ${vault}`
    case 'change_approval_policy':
      return `change who approves for ${vault}`
    case 'unmark_compromised':
      return `take the mark compromised from ${key} in ${vault}`
    default:
      return 'change something'
  }
}

/** A name at a provider is anybody's choice, so issuer and subject go with it. */
export function namedByProvider(fact: FactReader): string {
  const [issuer, subject] = [fact('issuer'), fact('subject')]
  return issuer && subject ? `${fact('name') ?? subject} (${subject} at ${issuer})` : 'somebody'
}
