import { installationFile } from './local-installation.mjs'
import { unlessInFile } from './secret-files.mjs'

/**
 * What the console and the set-up are told. Only the set-up gets the owner of the tables. A secret that was given as a
 * file stays in it: the console reads the file, and its environment holds the path alone.
 * @param {{ folder: string, settings: import('./settings.mjs').Settings, secrets: import('./data-folder.mjs').Secrets,
 *   database: import('./database.mjs').RunningDatabase, vault: import('./local-vault.mjs').VaultDescription | undefined }} parts
 * @returns {Record<string, string | undefined>}
 */
export function consoleEnvironment({ folder, settings, secrets, database, vault }) {
  const url = settings.publicUrl
  const { DATABASE_OWNER_URL: _owner, DATABASE_OWNER_URL_FILE: _ownerFile, ...inherited } = process.env
  const secret = (/** @type {string} */ name, /** @type {string} */ value) => unlessInFile(process.env, name, value)
  return {
    ...inherited,
    PORT: String(settings.port),
    HOST: settings.host,
    DATABASE_URL: secret('DATABASE_URL', database.url),
    DRAWBRIDGE_URL: url,
    DRAWBRIDGE_DATA: folder,
    NEXTAUTH_URL: url,
    NEXTAUTH_SECRET: secret('NEXTAUTH_SECRET', process.env.NEXTAUTH_SECRET || secrets.authSecret),
    NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: secret(
      'NEXT_SERVER_ACTIONS_ENCRYPTION_KEY',
      process.env.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY || secrets.actionsKey,
    ),
    DRAWBRIDGE_LOCAL_INSTALLATION: installationFile(folder),
    DRAWBRIDGE_LOCAL_CLIENT_ID: vault?.token.clientId,
    DRAWBRIDGE_LOCAL_CLIENT_SECRET: vault?.token.clientSecret,
    DRAWBRIDGE_LOCAL_TOKEN_URL: vault?.token.url,
    DRAWBRIDGE_LOCAL_AUDIT_LOG: vault?.auditLog,
  }
}

/**
 * What the set-up is told beside that: the owner of the tables, who migrates. Told nothing, it takes the console's own user.
 * @param {Record<string, string | undefined>} env @param {import('./settings.mjs').Settings} settings
 * @param {import('./database.mjs').RunningDatabase} database
 */
export function ownerEnvironment(env, settings, { url, ownerUrl }) {
  if (url === ownerUrl) return env
  if (settings.databaseUrl === undefined) return { ...env, DATABASE_OWNER_URL: ownerUrl, DATABASE_OWNER_URL_FILE: '' }
  return {
    ...env,
    DATABASE_OWNER_URL: unlessInFile(process.env, 'DATABASE_OWNER_URL', ownerUrl),
    DATABASE_OWNER_URL_FILE: process.env.DATABASE_OWNER_URL_FILE,
  }
}
