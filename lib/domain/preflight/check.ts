import type { PreflightInput } from './input'
import type { Finding, PREFLIGHT_CHECKS, PreflightCheckId, PreflightGroup } from './report'

export type Check = (input: PreflightInput) => Finding

/** The checks of one group: leaving one out does not compile. */
export type ChecksOf<Group extends PreflightGroup> = {
  [Id in PreflightCheckId as (typeof PREFLIGHT_CHECKS)[Id]['group'] extends Group ? Id : never]: Check
}

export const pass = (fact: string): Finding => ({ verdict: 'pass', fact })
export const warn = (fact: string, remedy: string): Finding => ({ verdict: 'warn', fact, remedy })
export const fail = (fact: string, remedy: string): Finding => ({ verdict: 'fail', fact, remedy })
export const pending = (fact: string): Finding => ({ verdict: 'pending', fact })

export const waitsForFile = pending('Waits for the file.')
export const waitsForReadableFile = pending('Waits for a readable file.')
export const waitsForVault = pending('Waits for a vault to be selected.')
export const waitsForKek = pending('Waits for the vault’s facts about the KEK.')
export const waitsForType = pending('Waits for the type, and its size or curve.')
