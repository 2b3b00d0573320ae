import { ownGenerator } from './origin'

/** What a transfer blob that was sealed by Drawbridge names as its maker: the program, and the version of its sealing. */
export const GENERATOR = ownGenerator('0.1.0')

/** The same of one that was sealed by the offline sealer. */
export const OFFLINE_GENERATOR = `${GENERATOR} offline sealer`
