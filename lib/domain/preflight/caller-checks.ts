import { KIND_FACTS } from '../connections/kind'
import { type Check, type ChecksOf, fail, pass, pending, warn } from './check'
import type { PreflightCaller, PreflightInput } from './input'
import type { Finding } from './report'

const minute = 60_000

const onCaller =
  (check: (caller: PreflightCaller, input: PreflightInput) => Finding): Check =>
  (input) =>
    input.caller === undefined ? pending('Waits for a vault to be selected.') : check(input.caller, input)

/** A past refusal only warns: a role may have been given since, and nothing but a real import can show it. */
function permission({ importPermission }: PreflightCaller, { vault }: PreflightInput): Finding {
  if (importPermission === 'seen-working') return pass('An import has worked with this connection.')
  const facts = vault && KIND_FACTS[vault.kind]
  const remedy = facts
    ? `The connection’s identity needs ${facts.importRole} (not ${facts.notTheImportRole}: the names are reversed).`
    : 'The connection’s identity needs the vault’s import permission.'
  if (importPermission === 'refused') return warn('The vault refused this connection’s last import.', remedy)
  return warn('Whether this connection may import is not known until you submit.', remedy)
}

function clocks({ clockSkewMs }: PreflightCaller): Finding {
  if (clockSkewMs === undefined) return pending('Waits for the vault’s answer.')
  if (clockSkewMs === null) return warn('The vault did not tell its time.', 'Check this machine’s clock.')
  const seconds = Math.round(Math.abs(clockSkewMs) / 1000)
  const fact = `The vault’s clock and ours are ${seconds} s apart.`
  if (Math.abs(clockSkewMs) <= minute) return pass(fact)
  const remedy = 'Synchronise the clock of the machine that runs Drawbridge (NTP).'
  return Math.abs(clockSkewMs) <= 5 * minute ? warn(fact, remedy) : fail(fact, remedy)
}

function approvers({ otherApprovers, approvalsRequired }: PreflightCaller): Finding {
  const needed = approvalsRequired > 1 ? ` The vault asks for ${approvalsRequired}.` : ''
  if (otherApprovers >= approvalsRequired) {
    const who =
      otherApprovers === 1 ? 'One other officer can approve.' : `${otherApprovers} other officers can approve.`
    return pass(who + needed)
  }
  const fact =
    otherApprovers === 0
      ? 'You are the only approver, and nobody approves their own import.'
      : `Only ${otherApprovers} other ${otherApprovers === 1 ? 'officer' : 'officers'} can approve.`
  return fail(fact + needed, 'Have an administrator name another approver.')
}

export const callerChecks: ChecksOf<'caller'> = {
  'caller-permission': onCaller(permission),
  'caller-approver': onCaller(approvers),
  'caller-vault-answers': onCaller(({ vaultAnswers }) =>
    vaultAnswers
      ? pass('The vault answers.')
      : fail('The vault does not answer.', 'Look at its connection, then try again.'),
  ),
  'caller-clocks': onCaller(clocks),
}
