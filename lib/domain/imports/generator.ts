import { ownGenerator } from './origin'

/** What a transfer blob that was sealed by Drawbridge names as its maker: the program, and the version of its sealing. */
export const GENERATOR = ownGenerator('0.1.0')
