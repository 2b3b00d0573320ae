import { TermHelp } from '../ui/term-help'

const TERMS = [
  ['actor:dana', 'who did it'],
  [
    'action:import_key',
    'what was done at a vault: create_kek, import_key, enable_key, disable_key, mark_compromised …',
  ],
  ['type:review', 'the kind of event: operation, session, review, enable, alarm, connection, audit …'],
  ['key:payroll', 'the name of the key'],
  ['vault:contoso', 'the name of the vault'],
  ['code:key-busy', 'the code of a refusal or failure'],
  ['created:>=2026-11-01', 'the day, in UTC; also <, <=, > and 2026-11-01..2026-11-22'],
  ['-actor:dana', 'a minus turns any term round'],
  ['"two words"', 'free text, as it stands; every term must hold'],
] as const

/** What the search box understands. */
export const SearchHelp = () => <TermHelp terms={TERMS} />
