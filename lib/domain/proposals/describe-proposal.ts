import { credentialWords } from '../connections/credential'
import { permissionsBeside } from '../people/role-rules'
import type { Role } from '../people/roles'
import type { FrozenProposal } from './frozen-proposal'
import type { ProposalDocument, ProposalFact } from './views'

/** Whose name stands for an id in a policy. */
export type NameOf = (id: string) => string

export function proposalTitle(frozen: FrozenProposal): string {
  switch (frozen.kind) {
    case 'create_person':
      return `Create the account of ${frozen.subject.name}`
    case 'change_roles':
      return `Change the roles of ${frozen.subject.name}`
    case 'enable_person':
      return `Enable the account of ${frozen.subject.name} again`
    case 'renew_invitation':
      return `Give ${frozen.subject.name} a new invitation`
    case 'reset_passkeys':
      return `Take the lost passkeys of ${frozen.subject.name} away`
    case 'change_connection':
      return `Change the connection ${frozen.subject.name}`
    case 'change_approval_policy':
      return `Change who approves for ${frozen.subject.name}`
    case 'unmark_compromised':
      return `Take the mark “compromised” from ${frozen.subject.keyName}`
  }
}

/** What stands before and after, a row a property; what does not change is told where it helps to decide. */
export function proposalFacts(frozen: FrozenProposal, nameOf: NameOf): ProposalFact[] {
  switch (frozen.kind) {
    case 'create_person':
      return [
        fact('Name', 'no account', frozen.subject.name),
        fact('E-mail', 'no account', frozen.after.email),
        fact('Signs in', 'no account', signIn(frozen.subject)),
        fact('Roles', 'none', roleWords(frozen.after.roles)),
      ]
    case 'change_roles':
      return [fact('Roles', roleWords(frozen.before.roles), roleWords(frozen.after.roles))]
    case 'enable_person':
      return [
        fact('Account', 'closed', 'open'),
        fact('Roles', roleWords(frozen.before.roles), roleWords(frozen.after.roles)),
      ]
    case 'renew_invitation':
      return [
        fact('Password', 'as it is', 'none, until they set one by the invitation'),
        fact('E-mail', frozen.before.email, frozen.after.email),
        fact('Roles', roleWords(frozen.before.roles), roleWords(frozen.after.roles)),
      ]
    case 'reset_passkeys':
      return [
        fact('Passkeys', frozen.before.passkeys.join(', '), 'none, until they register another'),
        fact('Roles', roleWords(frozen.before.roles), roleWords(frozen.after.roles)),
      ]
    case 'change_connection':
      return [
        fact('Name', frozen.before.name, frozen.after.name),
        fact('Address', frozen.before.url, frozen.after.url),
        fact('Environment', frozen.before.environment, frozen.after.environment),
        fact('Credential', credentialWords(frozen.before.credential), credentialWords(frozen.after.credential)),
      ]
    case 'change_approval_policy':
      return [
        fact('Approvals needed', `${frozen.before.approvalsRequired}`, `${frozen.after.approvalsRequired}`),
        fact('Approvers', approvers(frozen.before.approverIds, nameOf), approvers(frozen.after.approverIds, nameOf)),
      ]
    case 'unmark_compromised':
      return [
        fact('Key', frozen.subject.kid, frozen.subject.kid),
        fact('Mark', `compromised since ${frozen.before.compromisedAt}`, 'none'),
      ]
  }
}

/** What it means beyond the rows. */
export function proposalConsequences(frozen: FrozenProposal): string[] {
  switch (frozen.kind) {
    case 'create_person':
      return [
        ...(frozen.subject.issuer === 'local'
          ? [
              'Confirming makes a one-time invitation, shown to you once. With it they set a password that nobody else knows.',
            ]
          : ['They can sign in by the identity provider at once.']),
        'They can’t decide what was submitted before their account was made.',
      ]
    case 'change_roles':
      return ['It holds from their next request on.', 'They can’t decide what was submitted before the change.']
    case 'enable_person':
      return [
        'They can sign in as before, with their password and passkeys.',
        'They can’t decide what was submitted before.',
      ]
    case 'renew_invitation':
      return [
        'Their password is gone and every session of theirs ends.',
        'Confirming makes a one-time invitation, shown to you once. With it they set another password.',
        'They can’t decide what was submitted before.',
      ]
    case 'reset_passkeys':
      return [
        'Every session of theirs ends. Until they register another passkey, their password alone opens the account: hear from them by another way first that it is they who ask.',
        'They can’t decide what was submitted before.',
      ]
    case 'change_connection':
      return frozen.before.url === frozen.after.url
        ? ['The next call to this vault is made so, on every console.']
        : [
            'The next call goes to the other address, on every console.',
            'Keys and KEKs that were read at the old address leave the inventory with the next reading, unless they are at the new one too.',
          ]
    case 'change_approval_policy':
      return ['It holds for reviews that wait now, too.']
    case 'unmark_compromised':
      return ['The version stays as enabled or disabled as it is; to enable it has a review of its own.']
  }
}

/** Of kinds that give or take roles. */
export function permissionChange(frozen: FrozenProposal): ProposalDocument['permissions'] {
  if (frozen.kind !== 'change_roles' && frozen.kind !== 'create_person') return null
  const rows = permissionsBeside(frozen.before?.roles ?? [], frozen.after.roles)
  return {
    gained: rows.filter(({ before, after }) => after && !before).map(({ permission }) => permission),
    lost: rows.filter(({ before, after }) => before && !after).map(({ permission }) => permission),
  }
}

export function makesInvitation(frozen: FrozenProposal): boolean {
  return frozen.kind === 'renew_invitation' || (frozen.kind === 'create_person' && frozen.subject.issuer === 'local')
}

function fact(name: string, before: string, after: string): ProposalFact {
  return { name, before, after, changed: before !== after }
}

function roleWords(roles: readonly Role[]): string {
  return roles.length > 0 ? roles.join(', ') : 'none'
}

function signIn({ issuer, subject }: { issuer: string; subject: string }): string {
  return issuer === 'local' ? 'with a password of this installation' : `by ${issuer} as ${subject}`
}

function approvers(ids: readonly string[], nameOf: NameOf): string {
  return ids.length > 0 ? ids.map(nameOf).sort().join(', ') : 'every approver'
}
