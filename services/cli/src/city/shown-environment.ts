/** What only another process of this machine needs to know: nobody is shown it. */
const hidden: ReadonlySet<string> = new Set(['INGEST_KEYS', 'REPORT_APPROVAL_WEEKS', 'REPORT_LINK_SECRET'])

/** Of what a stack set up for itself, that which a person may want to see and use. */
export function shownEnvironment(environment: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(environment).filter(([name, value]) => value !== '' && !hidden.has(name)))
}
