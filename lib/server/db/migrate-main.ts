import { migrate } from './migrate'

// A program: migrates the database named by DATABASE_OWNER_URL (else DATABASE_URL), says what it applied, and ends.
const ownerUrl = process.env.DATABASE_OWNER_URL ?? process.env.DATABASE_URL
if (!ownerUrl) throw new Error('DATABASE_URL should be set')
const applied = await migrate({ ownerUrl })
process.stdout.write(applied.length === 0 ? 'The database is up to date.\n' : `Applied ${applied.join(', ')}.\n`)
