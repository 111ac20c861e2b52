import { createHmac } from 'node:crypto'
import { sha256 } from './spot-check-frame.ts'

/** 32 random bytes in hex. The text itself is the key, so that `openssl dgst -sha256 -hmac SEED` gives the same. */
export const SEED = /^[0-9a-f]{64}$/

/** What is published before the week: SHA-256 of the seed's text followed by the frame hash's. */
export function commitmentOf(seed: string, frameHash: string): string {
  return sha256(`${seed}${frameHash}`)
}

/** The key of all choices: the seed, or what a public value that came later makes of it, which its holder could not foresee. */
export function drawKey(seed: string, beacon: string | undefined): string {
  return beacon === undefined ? seed : hmacHex(seed, `beacon|${beacon}`)
}

export interface SeededOrder {
  /** Of these the one with the lowest HMAC of `about|name`. */
  lowest<T>(about: string, choices: readonly T[], nameOf: (choice: T) => string): T | undefined
  /** A number from 0 up to but not 1, from the first 48 bits of the HMAC of `about`. */
  fraction(about: string): number
}

export function createSeededOrder(key: string): SeededOrder {
  return {
    lowest(about, choices, nameOf) {
      let best: { readonly choice: (typeof choices)[number]; readonly hash: string } | undefined
      for (const choice of choices) {
        const hash = hmacHex(key, `${about}|${nameOf(choice)}`)
        if (best === undefined || hash < best.hash) best = { choice, hash }
      }
      return best?.choice
    },
    fraction: (about) => Number.parseInt(hmacHex(key, about).slice(0, 12), 16) / 2 ** 48,
  }
}

function hmacHex(key: string, message: string): string {
  return createHmac('sha256', key).update(message, 'utf8').digest('hex')
}
