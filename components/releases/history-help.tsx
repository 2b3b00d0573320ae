import { TermHelp } from '../ui/term-help'

const TERMS = [
  ['key:payroll', 'the name of the key, or its version'],
  ['vault:contoso', 'the name of the vault, or of its connection'],
  ['who:5d3f', 'object id, application or name of the caller'],
  ['env:mrsigner', 'an environment: its kind, authority or measurement, or its digest; known where a token is'],
  ['from:203.0.113.7', 'the address that the call came from'],
  ['code:403', 'the status, the signature of the result, or an AKV.SKR number'],
  ['-who:5d3f', 'a minus turns any term round'],
  ['"two words"', 'free text, as it stands; every term must hold'],
] as const

/** What the search box understands. */
export const HistoryHelp = () => <TermHelp terms={TERMS} />
