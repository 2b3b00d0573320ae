// npm run vault: the local vault alone, without console or database, for other people's clients.
// Prints one line of JSON: {vaults, token, clients, ca, attestation, admin}. Its folder is DRAWBRIDGE_DATA, else .data/vault-alone.
// Arguments after `--` are the local vault's own: `npm run vault -- --tls --retention 7`.
import { requireNode } from './lib/node-version.mjs'

requireNode()
const [{ runCommand }, { serveVault }] = await Promise.all([
  import('./lib/problem.mjs'),
  import('./lib/serve-vault.mjs'),
])
await runCommand(serveVault)
