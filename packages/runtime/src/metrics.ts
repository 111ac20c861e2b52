import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

export type { Counter, Gauge, Histogram } from 'prom-client'

/** A registry per process, so that two services in one test never share a counter. */
export interface Metrics {
  counter(name: string, help: string, labels?: readonly string[]): Counter
  /** `read` gives the value of a gauge without labels whenever the text is asked for. */
  gauge(name: string, help: string, labels?: readonly string[], read?: () => Promise<number>): Gauge
  histogram(name: string, help: string, buckets: readonly number[], labels?: readonly string[]): Histogram
  /** The Prometheus text of everything counted so far. */
  text(): Promise<string>
}

export interface MetricsOptions {
  /** Those of Node itself too; they are when absent. */
  readonly processMetrics?: boolean
  /** What every metric of the process says of it. */
  readonly labels?: Readonly<Record<string, string>>
}

export function createMetrics({ processMetrics = true, labels = {} }: MetricsOptions = {}): Metrics {
  const registry = new Registry()
  registry.setDefaultLabels(labels)
  if (processMetrics) collectDefaultMetrics({ register: registry })
  const registers = [registry]
  return {
    counter: (name, help, labels = []) => new Counter({ name, help, labelNames: labels, registers }),
    gauge: (name, help, labels = [], read = undefined) =>
      new Gauge({
        name,
        help,
        labelNames: labels,
        registers,
        ...(read === undefined
          ? {}
          : {
              async collect() {
                this.set(await read())
              },
            }),
      }),
    histogram: (name, help, buckets, labels = []) =>
      new Histogram({ name, help, labelNames: labels, buckets: [...buckets], registers }),
    text: () => registry.metrics(),
  }
}
