/** The tables follow rules that this worker does not know: it is older than they are, and must not take them back. */
export class PolicyBehindError extends Error {
  readonly code = 'policy_behind'
  override readonly name = 'PolicyBehindError'

  constructor(followed: string, own: string) {
    super(
      `the tables follow version ${followed} of the rules, which this worker (${own}) does not know: start it with the newer policy folder, or give the old rules a new version`,
    )
  }
}
