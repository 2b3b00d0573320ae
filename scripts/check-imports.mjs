// Import direction, by .dependency-cruiser.cjs; with proof that the check sees.
import { checkImportDirection } from './lib/import-direction.mjs'

const complaints = await checkImportDirection()
for (const complaint of complaints) console.log(complaint)
process.exitCode = complaints.length === 0 ? 0 : 1
