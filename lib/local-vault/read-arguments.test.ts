import { describe, expect, it } from 'vitest'
import { readArguments } from './read-arguments'
import { changeVaults, noVaults } from './vault-settings'

const data = ['--data', '/somewhere']

describe('the command line', () => {
  it('without further words leaves the vaults as they are', () => {
    expect(readArguments(data)).toEqual({
      dataFolder: '/somewhere',
      vaults: { standard: false, every: {} },
      auditLog: {},
    })
    expect(changeVaults(noVaults, readArguments(data).vaults ?? {})).toEqual(noVaults)
  })

  it('changes what it names, of every vault that has it', () => {
    const { vaults = {} } = readArguments([
      ...data,
      ...['--standard', '--tier', 'standard', '--retention', '7', '--purge-protection', 'on', '--throttling', 'on'],
      ...['--access-model', 'access-policy'],
      ...['--region', 'westeurope', '--protected-subscription', 'off'],
    ])
    const common = {
      softDeleteRetentionDays: 7,
      purgeProtection: true,
      protectedSubscription: false,
      region: 'westeurope',
    }
    const accessModel = 'access-policy'
    const standard = { kind: 'azure-key-vault', tier: 'standard', throttling: true, accessModel, ...common }
    expect(changeVaults(noVaults, vaults)).toEqual({
      'local-vault': standard,
      'local-hsm': { kind: 'azure-managed-hsm', ...common },
      'local-standard': standard,
    })
  })

  it('says how the audit log is delivered', () => {
    const more = [
      '--audit-delay',
      '600',
      '--audit-duplicates',
      'on',
      '--audit-disorder',
      'off',
      '--audit-storage',
      'off',
    ]
    const auditLog = { delaySeconds: 600, duplicates: true, disorder: false, storage: null }
    expect(readArguments([...data, ...more]).auditLog).toEqual(auditLog)
  })

  it('the third vault is standard, whatever the tier of the first', () => {
    const { vaults = {} } = readArguments([...data, '--standard', '--tier', 'premium'])
    expect(changeVaults(noVaults, vaults)['local-standard']).toMatchObject({ tier: 'standard' })
  })

  it.each([
    [['--retention', '6'], /whole number of days from 7 to 90/],
    [['--retention', '91'], /whole number of days from 7 to 90/],
    [['--retention', '7.5'], /whole number of days from 7 to 90/],
    [['--tier', 'gold'], /premium or standard/],
    [['--throttling', 'yes'], /--throttling is on or off/],
    [['--purge-protection', ''], /--purge-protection is on or off/],
    [['--region', 'West Europe'], /one word/],
    [['--audit-delay', '3601'], /whole number of seconds from 0 to 3600/],
    [['--audit-disorder', 'some'], /--audit-disorder is on or off/],
    [['--audit-storage', '/nowhere/at/all'], /file that holds the connection string/],
    [['--colour', 'blue'], /takes: --data/],
    [['stray'], /takes: --data/],
  ])('refuses %j with a sentence', (more, sentence) => {
    expect(() => readArguments([...data, ...more])).toThrow(sentence)
  })

  it('needs a folder', () => expect(() => readArguments([])).toThrow(/needs --data/))
})
