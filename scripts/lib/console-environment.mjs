import { installationFile } from './local-installation.mjs'
import { originOf } from './settings.mjs'

/**
 * What the console and the set-up are told. Only the set-up gets the owner of the tables.
 * @param {{ folder: string, settings: import('./settings.mjs').Settings, secrets: import('./data-folder.mjs').Secrets,
 *   database: import('./database.mjs').RunningDatabase, vault: import('./local-vault.mjs').VaultDescription | undefined }} parts
 * @returns {Record<string, string | undefined>}
 */
export function consoleEnvironment({ folder, settings, secrets, database, vault }) {
  const url = process.env.DRAWBRIDGE_URL || originOf(settings.host, settings.port)
  const { DATABASE_OWNER_URL: _owner, ...inherited } = process.env
  return {
    ...inherited,
    PORT: String(settings.port),
    HOST: settings.host,
    DATABASE_URL: database.url,
    DRAWBRIDGE_URL: url,
    DRAWBRIDGE_DATA: folder,
    NEXTAUTH_URL: url,
    NEXTAUTH_SECRET: process.env.NEXTAUTH_SECRET || secrets.authSecret,
    NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: process.env.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY || secrets.actionsKey,
    DRAWBRIDGE_LOCAL_INSTALLATION: installationFile(folder),
    DRAWBRIDGE_LOCAL_CLIENT_ID: vault?.token.clientId,
    DRAWBRIDGE_LOCAL_CLIENT_SECRET: vault?.token.clientSecret,
    DRAWBRIDGE_LOCAL_TOKEN_URL: vault?.token.url,
  }
}
