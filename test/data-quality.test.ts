import { readFileSync } from 'node:fs'
import { FINDING_KINDS } from '@bina/pipeline/fold/finding'
import { expect, it } from 'vitest'

const page = readFileSync(new URL('../docs/data-quality.md', import.meta.url), 'utf8')
const view = readFileSync(new URL('../packages/clickhouse/views/contract.sql', import.meta.url), 'utf8')
const ofView = view.slice(view.indexOf('VIEW data_quality'), view.indexOf('VIEW person_day'))
const workedOutInSql = ['suspected_outage', 'source_silent', 'nobody_assigned', 'repeated_complaint', 'reporter_flood']

it('each kind of finding has its treatment on the page of data quality, and the page tells of no other', () => {
  const told = [...page.matchAll(/^\| (`[^|]+) \|/gm)].flatMap(([, kinds = '']) =>
    [...kinds.matchAll(/`(\w+)`/g)].map(([, kind]) => kind),
  )
  expect(told.toSorted()).toEqual([...FINDING_KINDS, ...workedOutInSql].toSorted())
  for (const kind of workedOutInSql) expect(ofView).toContain(`'${kind}'`)
})
