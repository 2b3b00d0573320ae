import { withSecretsFromFiles } from '../../../scripts/lib/secret-files.mjs'
import { migrate } from './migrate'

// A program: migrates the database named by DATABASE_OWNER_URL (else DATABASE_URL), or by their files, says what it applied, and ends.
const { env } = withSecretsFromFiles(process.env)
const ownerUrl = env.DATABASE_OWNER_URL ?? env.DATABASE_URL
if (!ownerUrl) throw new Error('DATABASE_URL should be set')
const applied = await migrate({ ownerUrl })
process.stdout.write(applied.length === 0 ? 'The database is up to date.\n' : `Applied ${applied.join(', ')}.\n`)
