/** A document that is made from the code and checked in, so that readers have it without running anything. */
export interface GeneratedFile {
  /** From the repository's root. */
  readonly path: string
  readonly text: string
}
