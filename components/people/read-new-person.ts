import { areExclusive } from '@/lib/domain/people/role-rules'
import type { Role } from '@/lib/domain/people/roles'
import { err, ok, type Result } from '@/lib/domain/result'

export interface NewPersonInput {
  issuer: string
  subject: string | null
  name: string
  email: string
  roles: Role[]
  reason: string
}

type NewPersonProblems = Partial<Record<keyof NewPersonInput, string>>

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/

/** What the form holds, or what must be mended first. The server asks the same again. */
export function readNewPerson(form: FormData, roles: readonly Role[]): Result<NewPersonInput, NewPersonProblems> {
  const text = (name: string) => String(form.get(name) ?? '').trim()
  const issuer = text('issuer') || 'local'
  const subject = issuer === 'local' ? null : text('subject')
  const input = { issuer, subject, name: text('name'), email: text('email'), roles: [...roles], reason: text('reason') }
  const problems: NewPersonProblems = {}
  if (!input.name) problems.name = 'Give the person’s name: it stands beside everything they do.'
  if (!EMAIL.test(input.email)) problems.email = 'Give a whole e-mail address, such as ada@example.com.'
  if (subject === '') problems.subject = 'Give the subject that the provider sends for this person.'
  if (roles.length === 0) problems.roles = 'Choose at least one role.'
  if (areExclusive(roles)) problems.roles = 'An administrator is never custodian or approver.'
  if (!input.reason) problems.reason = 'Give the reason: whoever confirms reads it, and it stands in the audit log.'
  return Object.keys(problems).length > 0 ? err(problems) : ok(input)
}
