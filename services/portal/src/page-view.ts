/** One of a short list, of which exactly one is to be chosen. */
export interface Choice {
  readonly name: 'day' | 'measure'
  readonly legend: string
  readonly hint?: string
  readonly options: readonly { readonly value: string; readonly text: string }[]
  readonly chosen?: string
  /** What the error summary says where none was chosen. */
  readonly missing: string
}

/** A page in words that are final: the renderer only lays it out. */
export interface PageView {
  readonly locale: 'id' | 'en'
  readonly title: string
  /** The unit and the week that it is about. */
  readonly kicker?: string
  readonly paragraphs: readonly string[]
  /** The step that is agreed on, or done. */
  readonly step?: { readonly label: string; readonly text: string; readonly due?: string }
  /** A question with a button; without it the page is only to be read. */
  readonly form?: { readonly intent: string; readonly choice?: Choice; readonly button: string }
  /** What went wrong; shown first, and announced. `field`: where to go to mend it. */
  readonly error?: { readonly heading: string; readonly text: string; readonly field?: string }
  readonly link?: { readonly text: string; readonly url: string }
  readonly notes: readonly string[]
  /** Where to write instead. */
  readonly contact: { readonly words: string; readonly address: string }
}
