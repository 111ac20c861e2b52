import type { ArrivedMessage, MessagePlace } from './arrived-message.ts'

/** Reads messages once more that were read long ago. */
export interface OriginalMessages {
  /** In the order asked; undefined where the broker no longer has what it had there. */
  read(places: readonly MessagePlace[]): Promise<readonly (ArrivedMessage | undefined)[]>
}
