/** In this order, whatever was typed: what belongs to the page in front of the officer comes first. */
export const COMMAND_GROUPS = {
  page: 'On this page',
  up: 'Go up',
  keys: 'Keys',
  places: 'Go to',
  console: 'Drawbridge',
} as const

export type CommandGroup = keyof typeof COMMAND_GROUPS

export type Command = {
  /** Unique among all commands shown at once. */
  id: string
  group: CommandGroup
  label: string
  /** Beside the label: a vault, a state, or why it can't be done. */
  hint?: string | undefined
  /** Found by these too, though they are not shown. */
  also?: string
  /** Shown, and says in `hint` why it can't be chosen. */
  closed?: boolean
} & ({ href: string; run?: never } | { run: () => void; href?: never })

/** The commands that what was typed finds: every word of it, anywhere; the group's order stays, better fits first. */
export function findCommands(commands: readonly Command[], typed: string): Command[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean)
  const found = commands
    .map((command) => ({ command, fit: fitOf(command, words) }))
    .filter(({ fit }) => fit > 0)
    .sort((left, right) => right.fit - left.fit)
    .map(({ command }) => command)
  return groupNames.flatMap((group) => found.filter((command) => command.group === group))
}

const groupNames = Object.keys(COMMAND_GROUPS) as CommandGroup[] // keys of a const object: exactly CommandGroup

/** 0: not found. A word that begins the label counts most, one that begins any word of it more than one within. */
function fitOf({ label, hint = '', also = '' }: Command, words: readonly string[]): number {
  const name = label.toLowerCase()
  const all = `${name} ${hint.toLowerCase()} ${also.toLowerCase()}`
  if (!words.every((word) => all.includes(word))) return 0
  return words.reduce((sum, word) => sum + (name.startsWith(word) ? 4 : ` ${all}`.includes(` ${word}`) ? 2 : 1), 1)
}
