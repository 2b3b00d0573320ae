/** Length alone makes a password strong; these are the few that length does not help. Shared by the form and the service. */
export const PASSWORD_SHORTEST = 12
export const PASSWORD_LONGEST = 256

export type PasswordProblem = 'too-short' | 'too-long' | 'common' | 'too-uniform' | 'holds-your-name'

export const PASSWORD_WORDS = {
  'too-short': `Choose a password of at least ${PASSWORD_SHORTEST} characters. A few unrelated words make a good one.`,
  'too-long': `At most ${PASSWORD_LONGEST} characters.`,
  common: 'This is one of the first that somebody would try. Choose another.',
  'too-uniform': 'This repeats itself too much. Choose another.',
  'holds-your-name': 'This holds your name or e-mail. Choose one that has nothing to do with you.',
} as const satisfies Record<PasswordProblem, string>

/** What long passwords from breaches are made of, once their digits, marks and look-alike letters are taken off. */
const COMMON = [
  'password',
  'passwort',
  'passphrase',
  'qwerty',
  'qwertz',
  'azerty',
  'asdfgh',
  'zxcvbn',
  'letmein',
  'welcome',
  'administrator',
  'iloveyou',
  'football',
  'baseball',
  'monkey',
  'dragon',
  'sunshine',
  'princess',
  'superman',
  'trustno',
  'changeme',
  'secret',
  'abcdefgh',
  'drawbridge',
  'keyvault',
  'azure',
  'microsoft',
  'correcthorsebatterystaple',
]

const LOOK_ALIKES: Record<string, string> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
}

/** Undefined when it will do. Lengths are counted in code points. */
export function passwordProblem(password: string, owner: { name: string; email: string }): PasswordProblem | undefined {
  const length = [...password].length
  if (length < PASSWORD_SHORTEST) return 'too-short'
  if (password.length > PASSWORD_LONGEST) return 'too-long'
  if (new Set(password.toLowerCase()).size < 5) return 'too-uniform'
  if (holdsName(password, owner)) return 'holds-your-name'
  return isCommon(password) ? 'common' : undefined
}

/** A common word that makes up most of it, in whatever dress. */
function isCommon(password: string): boolean {
  const lower = password.toLowerCase()
  if (isRun(lower)) return true
  const bare = lower.replace(/[^a-z]/g, '')
  const undressed = [...lower]
    .map((letter) => LOOK_ALIKES[letter] ?? letter)
    .join('')
    .replace(/[^a-z]/g, '')
  return [bare, undressed].some((text) =>
    COMMON.some((word) => text.includes(word) && text.replaceAll(word, '').length <= text.length / 3),
  )
}

/** 123456789012, abcdefghijkl, and the same backwards. */
function isRun(text: string): boolean {
  const codes = [...text].map((letter) => letter.charCodeAt(0))
  const steps = codes.slice(1).map((code, nth) => code - (codes[nth] ?? 0))
  const most = steps.filter((step) => step === 1 || step === -1 || step === 0 || Math.abs(step) === 9).length
  return most >= steps.length * 0.9
}

function holdsName(password: string, { name, email }: { name: string; email: string }): boolean {
  const lower = password.toLowerCase()
  const parts = [...name.split(/\s+/), ...(email.split('@')[0] ?? '').split(/[.\-_+]/)]
  return parts.map((part) => part.toLowerCase()).some((part) => part.length >= 4 && lower.includes(part))
}
