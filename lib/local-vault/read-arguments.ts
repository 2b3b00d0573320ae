import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { type Delivery, delaySeconds } from './audit-log/delivery'
import type { LocalVaultOptions } from './server'
import { StartError } from './start-error'
import { type AccessModel, accessModels, retentionDays, type VaultChanges } from './vault-settings'

const options = {
  data: { type: 'string' },
  standard: { type: 'boolean' },
  tier: { type: 'string' },
  retention: { type: 'string' },
  'purge-protection': { type: 'string' },
  'protected-subscription': { type: 'string' },
  throttling: { type: 'string' },
  region: { type: 'string' },
  'access-model': { type: 'string' },
  tls: { type: 'boolean' },
  'audit-delay': { type: 'string' },
  'audit-duplicates': { type: 'string' },
  'audit-disorder': { type: 'string' },
  'audit-storage': { type: 'string' },
} as const

const usage = [
  '--data <folder> [--standard] [--tier premium|standard] [--retention 7..90] [--purge-protection on|off]',
  '[--protected-subscription on|off] [--throttling on|off] [--region <word>] [--access-model access-policy|rbac] [--tls]',
  '[--audit-delay 0..3600] [--audit-duplicates on|off] [--audit-disorder on|off] [--audit-storage <file>|off]',
].join(' ')

const bad = (sentence: string, cause?: unknown) => new StartError('bad-arguments', sentence, { cause })

/** The command line of the local vault. Throws StartError `bad-arguments` with what would be right. */
export function readArguments(args: string[]): LocalVaultOptions {
  const values = parse(args)
  if (!values.data) throw bad('The local vault needs --data <folder>.')
  const every: VaultChanges = {
    ...(values.tier !== undefined && { tier: readTier(values.tier) }),
    ...(values.retention !== undefined && { softDeleteRetentionDays: readRetention(values.retention) }),
    ...(values.throttling !== undefined && { throttling: readSwitch('throttling', values.throttling) }),
    ...(values.region !== undefined && { region: readRegion(values.region) }),
    ...(values['access-model'] !== undefined && { accessModel: readAccessModel(values['access-model']) }),
    ...readProtections(values),
  }
  return {
    dataFolder: values.data,
    vaults: { standard: values.standard ?? false, every },
    ...(values.tls && { tls: true }),
    auditLog: readDelivery(values),
  }
}

type Values = { [Name in keyof typeof options]?: (typeof options)[Name]['type'] extends 'boolean' ? boolean : string }

function parse(args: string[]): Values {
  try {
    return parseArgs({ args, options }).values
  } catch (cause) {
    throw bad(`The local vault takes: ${usage}.`, cause)
  }
}

function readProtections(values: Values): VaultChanges {
  const purge = values['purge-protection']
  const subscription = values['protected-subscription']
  return {
    ...(purge !== undefined && { purgeProtection: readSwitch('purge-protection', purge) }),
    ...(subscription !== undefined && { protectedSubscription: readSwitch('protected-subscription', subscription) }),
  }
}

function readDelivery(values: Values): Partial<Delivery> {
  const { 'audit-delay': delay, 'audit-duplicates': duplicates, 'audit-disorder': disorder } = values
  const storage = values['audit-storage']
  return {
    ...(delay !== undefined && { delaySeconds: readDelay(delay) }),
    ...(duplicates !== undefined && { duplicates: readSwitch('audit-duplicates', duplicates) }),
    ...(disorder !== undefined && { disorder: readSwitch('audit-disorder', disorder) }),
    ...(storage !== undefined && { storage: storage === 'off' ? null : readConnectionString(storage) }),
  }
}

function readDelay(text: string): number {
  const { min, max } = delaySeconds
  if (/^\d{1,4}$/.test(text) && Number(text) <= max) return Number(text)
  throw bad(`--audit-delay is a whole number of seconds from ${min} to ${max}.`)
}

/** From a file, for whoever sees the process list sees the command line. */
function readConnectionString(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch (cause) {
    throw bad('--audit-storage is off, or a file that holds the connection string of a storage account.', cause)
  }
}

function readTier(text: string): 'premium' | 'standard' {
  if (text === 'premium' || text === 'standard') return text
  throw bad('--tier is premium or standard.')
}

function readRetention(text: string): number {
  const { min, max } = retentionDays
  if (/^\d{1,2}$/.test(text) && Number(text) >= min && Number(text) <= max) return Number(text)
  throw bad(`--retention is a whole number of days from ${min} to ${max}.`)
}

function readSwitch(name: string, text: string): boolean {
  if (text === 'on' || text === 'off') return text === 'on'
  throw bad(`--${name} is on or off.`)
}

function readAccessModel(text: string): AccessModel {
  const model = accessModels.find((each) => each === text)
  if (model) return model
  throw bad(`--access-model is ${accessModels.join(' or ')}.`)
}

function readRegion(text: string): string {
  if (/^[a-z0-9]{1,40}$/.test(text)) return text
  throw bad('--region is one word of lower-case letters and digits, such as westeurope.')
}
