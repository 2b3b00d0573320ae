import type { LocalVaultDescription } from '../../server'
import { type BareClient, bareClient } from '../bare-client'
import { fetchToken } from '../raw-client'
import { randomOf } from './random'
import { type Answer, headOf, sendSpoilt } from './send-spoilt'
import { type Spoilt, spoil, trickNames } from './spoil'
import { steadyKeys, wellFormed } from './well-formed'

const lanes = 6
const resources = { 'azure-key-vault': 'https://vault.azure.net', 'azure-managed-hsm': 'https://managedhsm.azure.net' }

/** 2xx: what was done to the request did no harm. 417 and 431 are the HTTP server's own. */
const documented = new Set([200, 204, 400, 401, 403, 404, 405, 409, 413, 417, 429, 431])

export type FuzzReport = {
  sent: number
  /** How often each status came. */
  statuses: Record<string, number>
  /** Operations that were seen to work, so that the rest is no fuzz of a closed door. */
  worked: string[]
  /** Tricks that were refused at least once. */
  refused: string[]
  findings: string[]
}

/**
 * Sends `count` requests to each vault of a running installation, all of which follow from the seed, and judges every answer. A
 * finding names the case: `case <seed>/<vault>/<number>` is the seed of that one request.
 */
export async function fuzzVault(description: LocalVaultDescription, seed: string, count: number): Promise<FuzzReport> {
  const report: FuzzReport = { sent: 0, statuses: {}, worked: [], refused: [], findings: [] }
  for (const index of description.vaults.keys()) await fuzzOne(description, index, seed, count, report)
  report.worked = [...new Set(report.worked)].sort()
  report.refused = trickNames.filter((name) => report.refused.includes(name))
  return report
}

async function fuzzOne(
  description: LocalVaultDescription,
  index: number,
  seed: string,
  count: number,
  report: FuzzReport,
) {
  const vault = description.vaults[index]
  if (!vault) return
  const ask = await bareClient(description, index)
  const { versions, look } = await prepare(ask, vault.kind)
  const before = await look()
  const token = await fetchToken(description, `${resources[vault.kind]}/.default`)
  let next = 0
  async function lane(): Promise<void> {
    for (let at = next++; at < count; at = next++) {
      const name = `${seed}/${vault?.name}/${at}`
      const random = randomOf(name)
      const request = spoil(wellFormed(random, vault?.kind ?? 'azure-key-vault', versions, token), random)
      note(report, name, request, await sendSpoilt(vault?.url ?? '', request), token)
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  if ((await look()) !== before) report.findings.push(`${seed}/${vault.name}: a key that nothing addressed has changed`)
}

/** Makes the keys that stay, and gives how they look. */
async function prepare(ask: BareClient, kind: keyof typeof steadyKeys) {
  const versions: Record<string, string> = {}
  for (const [name, body] of Object.entries(steadyKeys[kind])) {
    const { body: made } = await ask('POST', `/keys/${name}/create`, body)
    versions[name] = made.key?.kid.split('/').at(-1) ?? ''
  }
  async function look(): Promise<string> {
    const replies = await Promise.all(Object.keys(versions).map((name) => ask('GET', `/keys/${name}`)))
    return replies.map(({ text }) => text).join('\n')
  }
  return { versions, look }
}

function note(report: FuzzReport, name: string, request: Spoilt, answer: Answer | 'never', token: string): void {
  report.sent += 1
  const status = answer === 'never' ? 'never' : String(answer.status)
  report.statuses[status] = (report.statuses[status] ?? 0) + 1
  if (status === '200' || status === '204') report.worked.push(request.operation)
  else report.refused.push(...request.tricks)
  const complaint = judge(answer)
  if (!complaint) return
  const sent = headOf(request, 'the vault').replaceAll(token, '<token>')
  report.findings.push(
    `case ${name} (${request.tricks.join(', ') || 'no trick'}): ${complaint}\n${JSON.stringify(sent.slice(0, 1500))}\n${JSON.stringify(request.body.subarray(0, 200).toString('latin1'))}`,
  )
}

/** What is wrong with an answer, if anything. */
export function judge(answer: Answer | 'never'): string | undefined {
  if (answer === 'never') return 'no answer'
  const { status, head, body } = answer
  if (status === null) return 'the connection ended without an answer'
  if (!documented.has(status)) return `status ${status}`
  if (/node_modules|\.[cm]?[jt]s:\d|\n\s+at |BEGIN [A-Z ]*PRIVATE/.test(body)) return 'the answer tells of the inside'
  // The HTTP server's own refusals have no body; every one of the vault does.
  if (status < 400 || body === '') return undefined
  return /content-type: application\/json/i.test(head) && isErrorBody(body)
    ? undefined
    : `an error of another shape: ${body.slice(0, 200)}`
}

function isErrorBody(text: string): boolean {
  try {
    const { error } = JSON.parse(text)
    return typeof error.code === 'string' && typeof error.message === 'string'
  } catch {
    return false
  }
}
