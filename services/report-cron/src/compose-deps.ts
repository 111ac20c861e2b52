import type { ComposeDeps } from '@bina/pipeline/report/compose-mail'

/** The pictures, pages and links that mails are made with, for the run and for the commands that show a report. */
export async function createComposeDeps(): Promise<ComposeDeps> {
  return {}
}
