import { createHmac } from 'node:crypto'

/** What signs links: made from a secret, and named, so that a token says by which secret it was signed. */
export interface LinkKey {
  readonly id: string
  mac(text: string): Buffer
}

/** Shorter ones could be guessed from a token at leisure. */
export const fewestSecretCharacters = 32

/** @throws RangeError for a secret of fewer than 32 characters. */
export function createLinkKey(secret: string): LinkKey {
  if (secret.length < fewestSecretCharacters) {
    throw new RangeError(`the secret of links has ${secret.length} characters: at least ${fewestSecretCharacters}`)
  }
  const mac = (text: string) => createHmac('sha256', secret).update(text).digest()
  return { id: mac('id of this key').subarray(0, 6).toString('base64url'), mac }
}
