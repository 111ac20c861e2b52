import { sourceFiles } from './source-files.ts'

export interface MetricInCode {
  readonly name: string
  readonly kind: 'counter' | 'gauge' | 'histogram'
  readonly labels: readonly string[]
}

/** Every metric that the code makes, read from where it is made: its name and its labels stand there in plain words. */
export function metricsInCode(): readonly MetricInCode[] {
  return sourceFiles()
    .filter(({ isTest }) => !isTest)
    .flatMap(({ text }) =>
      [...text.matchAll(/\.(counter|gauge|histogram)\(\s*'([a-z0-9_]+)',([\s\S]*?)\n? *\)\n/g)].map(
        ([, kind, name = '', rest = '']) => ({
          name,
          kind: kind as MetricInCode['kind'],
          labels: [...rest.matchAll(/\[((?:'[a-z_]+'(?:, )?)+)\]/g)].flatMap(([, list = '']) =>
            [...list.matchAll(/'([a-z_]+)'/g)].map(([, label = '']) => label),
          ),
        }),
      ),
    )
}
