import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parser } from '@prometheus-io/lezer-promql'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { metricsInCode } from './repository/metrics-in-code.ts'
import { root } from './repository/source-files.ts'

// An alert that asks for a metric that nobody counts never fires, and nobody notices.

interface Rule {
  readonly alert: string
  readonly expr: string
  readonly for?: string
  readonly labels?: { readonly severity?: string }
  readonly annotations?: Readonly<Record<string, string>>
}

const read = (path: string) => readFileSync(join(root, path), 'utf8')
const rules = readdirSync(join(root, 'infra/alerts')).flatMap((file) =>
  (parse(read(`infra/alerts/${file}`)) as { groups: { rules: Rule[] }[] }).groups.flatMap((group) => group.rules),
)

/** Names of the series that a metric makes, with the labels of each. */
const series = new Map<string, readonly string[]>([['up', []]])
for (const { name, kind, labels } of metricsInCode()) {
  if (kind === 'histogram') {
    series.set(`${name}_bucket`, [...labels, 'le'])
    series.set(`${name}_sum`, labels)
    series.set(`${name}_count`, labels)
  } else series.set(name, labels)
}
// What Prometheus itself puts to every series by infra/prometheus.
const ofEverySeries = ['job', 'instance', 'service']
/** What a process puts to each of its own. */
const ofItsProcess = (metric: string) => (metric.startsWith('sink_') ? ['lane'] : [])

/** Metrics, labels and errors of an expression, as Prometheus reads it. */
function partsOf(expr: string) {
  const metrics: string[] = []
  const labels: string[] = []
  const errors: string[] = []
  parser.parse(expr).iterate({
    enter: (node) => {
      const text = expr.slice(node.from, node.to)
      if (node.type.isError) errors.push(`at ${node.from}: ${text}`)
      if (node.name === 'Identifier') metrics.push(text)
      if (node.name === 'LabelName') labels.push(text)
    },
  })
  return { metrics, labels, errors }
}

/** As pages are linked to: lower case, hyphens for spaces, no punctuation. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} -]/gu, '')
    .replaceAll(' ', '-')

describe('the labels and names of metrics', () => {
  it('are read from the code as they are', () => {
    expect(series.get('sink_settled_messages_total')).toEqual(['outcome', 'topic'])
    expect(series.get('sink_pause_seconds_bucket')).toEqual(['cause', 'le'])
    expect(series.get('score_sources_silent')).toEqual([])
  })
})

describe('an alert', () => {
  it('is there for each thing that somebody is woken for, under a name of its own', () => {
    const names = rules.map(({ alert }) => alert)
    expect(names.length).toBeGreaterThan(15)
    expect(new Set(names).size).toBe(names.length)
  })

  it.each(rules.map((rule) => [rule.alert, rule] as const))('%s asks for series that there are', (_, { expr }) => {
    const { metrics, labels, errors } = partsOf(expr)
    expect(errors).toEqual([])
    expect(metrics.length).toBeGreaterThan(0)
    expect(metrics.filter((metric) => !series.has(metric))).toEqual([])
    const known = [
      ...ofEverySeries,
      ...metrics.flatMap((metric) => [...(series.get(metric) ?? []), ...ofItsProcess(metric)]),
    ]
    expect(labels.filter((label) => !known.includes(label))).toEqual([])
  })

  it.each(rules.map((rule) => [rule.alert, rule] as const))(
    '%s says how urgent it is, what it is in both languages, and where it is told what to type',
    (alert, { labels, annotations }) => {
      expect(['critical', 'warning']).toContain(labels?.severity)
      for (const language of ['summary', 'summary_en']) expect(annotations?.[language]?.length).toBeGreaterThan(20)
      const [page = '', anchor = ''] = (annotations?.runbook_url ?? '').split('#')
      expect(page).toBe('docs/runbook.md')
      const sections = read(page)
        .split(/^## /m)
        .slice(1)
        .map((section) => ({ anchor: anchorOf(section.split('\n')[0] ?? ''), section }))
      const section = sections.find((candidate) => candidate.anchor === anchor)?.section
      expect(section, `docs/runbook.md has no heading #${anchor}`).toBeDefined()
      expect(section).toContain(`\`${alert}\``)
      expect(section).toMatch(/\*\*Shows\*\*/)
      expect(section).toMatch(/\*\*Means\*\*/)
      expect(section, 'names no command').toMatch(
        /`(?:npx bina |docker compose |SELECT )|^(?:npx bina|docker compose|SELECT) /m,
      )
    },
  )

  it.each(rules.map((rule) => [rule.alert, rule] as const))(
    '%s puts only labels into its words that it has',
    (_, rule) => {
      const { labels } = partsOf(rule.expr)
      const named = Object.values(rule.annotations ?? {}).flatMap((text) =>
        [...text.matchAll(/\$labels\.(\w+)/g)].map(([, label = '']) => label),
      )
      expect(named.filter((label) => !labels.includes(label))).toEqual([])
    },
  )
})

describe('the alert for events that are missing', () => {
  it('outlasts the worker that found it out, since the next one reckons the latest offsets alone', () => {
    const [{ expr = '' } = {}] = rules.filter(({ alert }) => alert === 'BinaEventsMissing')
    const ranges: string[] = []
    parser.parse(expr).iterate({
      enter: (node) => {
        if (node.name === 'FunctionCall') ranges.push(expr.slice(node.from, node.to))
      },
    })
    expect(ranges).toEqual(['max_over_time(sink_balance_messages{kind="missing"}[1d])'])
    const [, section = ''] = read('docs/runbook.md').split('\n## Events are missing\n')
    expect(section.split('\n## ')[0]).toMatch(/for a day[\s\S]*FROM ingest_balance WHERE missing != 0/)
  })
})

describe('infra/prometheus/prometheus.yml', () => {
  it('reads every service of docker-compose.yml, at the port at which the image answers', () => {
    interface Scrape {
      readonly scrape_configs: readonly { readonly dns_sd_configs: readonly { names: string[]; port: number }[] }[]
    }
    const [job] = (parse(read('infra/prometheus/prometheus.yml')) as Scrape).scrape_configs
    const [found] = job?.dns_sd_configs ?? []
    const compose = parse(read('docker-compose.yml'), { merge: true }) as {
      services: Record<string, { command?: readonly string[] }>
    }
    const services = Object.entries(compose.services)
      .filter(([, { command }]) => command?.[0] === 'node')
      .map(([name]) => name)
    expect(found?.names.toSorted()).toEqual(services.toSorted())
    expect(read('infra/docker/Dockerfile')).toContain(`OPERATIONS_PORT=${found?.port}`)
  })

  it('has an alert for each of them that is gone altogether', () => {
    const [{ expr = '' } = {}] = rules.filter(({ alert }) => alert === 'BinaProcessDown')
    const { dns_sd_configs: [found] = [] } =
      (
        parse(read('infra/prometheus/prometheus.yml')) as {
          scrape_configs: { dns_sd_configs: { names: string[] }[] }[]
        }
      ).scrape_configs[0] ?? {}
    expect(found?.names.filter((name) => !expr.includes(`absent(up{job="bina", service="${name}"})`))).toEqual([])
  })
})
