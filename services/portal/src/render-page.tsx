import { renderToStaticMarkup } from 'preact-render-to-string'
import { pageStyle } from './page-style.ts'
import type { Choice, PageView } from './page-view.ts'

/** One whole document: no script, nothing that is loaded, every value escaped. */
export function renderPage(view: PageView): string {
  return `<!doctype html>\n${renderToStaticMarkup(<Page view={view} />)}\n`
}

function Page({ view }: { readonly view: PageView }) {
  const { locale, title, error } = view
  return (
    <html lang={locale} dir="ltr">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta name="generator" content="Bina portal" />
        <meta name="robots" content="noindex,nofollow" />
        <meta name="format-detection" content="telephone=no,date=no,address=no,email=no" />
        <title>{error === undefined ? `${title} · Bina` : `${error.heading} · ${title} · Bina`}</title>
        {/* Without it a browser asks for an icon that nobody has. */}
        <link rel="icon" href="data:," />
        {/* As it stands, since the policy of the page knows it by its hash. */}
        <style dangerouslySetInnerHTML={{ __html: pageStyle }} />
      </head>
      <body>
        <main>
          {error !== undefined && <ErrorSummary error={error} />}
          {view.kicker !== undefined && <p class="kicker">{view.kicker}</p>}
          <h1>{title}</h1>
          {view.paragraphs.map((text) => (
            <p key={text}>{text}</p>
          ))}
          {view.step !== undefined && (
            <div class="step">
              <h2>{view.step.label}</h2>
              <p>{view.step.text}</p>
              {view.step.due !== undefined && <p class="quiet">{view.step.due}</p>}
            </div>
          )}
          {view.form !== undefined && <Form form={view.form} />}
          {view.link !== undefined && (
            <p>
              <a href={view.link.url}>{view.link.text}</a>
            </p>
          )}
          <footer>
            {view.notes.map((text) => (
              <p class="quiet" key={text}>
                {text}
              </p>
            ))}
            <p class="quiet">
              {view.contact.words} <a href={`mailto:${view.contact.address}`}>{view.contact.address}</a>
            </p>
          </footer>
        </main>
      </body>
    </html>
  )
}

/** Where the focus goes when the page opens, so that nobody has to find out why it came back. */
function ErrorSummary({ error }: { readonly error: NonNullable<PageView['error']> }) {
  return (
    <div class="error" role="alert" aria-labelledby="error-heading" tabIndex={-1} autofocus>
      <h2 id="error-heading">{error.heading}</h2>
      <p>{error.field === undefined ? error.text : <a href={`#${error.field}`}>{error.text}</a>}</p>
    </div>
  )
}

/** It posts to the page's own address, which holds the token; `intent` tells a pressed button from a machine's empty POST. */
function Form({ form }: { readonly form: NonNullable<PageView['form']> }) {
  return (
    <form method="post">
      {form.choice !== undefined && <Choices choice={form.choice} />}
      <button type="submit" name="intent" value={form.intent}>
        {form.button}
      </button>
    </form>
  )
}

function Choices({ choice }: { readonly choice: Choice }) {
  return (
    <fieldset aria-describedby={choice.hint === undefined ? undefined : `${choice.name}-hint`}>
      <legend>{choice.legend}</legend>
      {choice.hint !== undefined && (
        <p class="hint" id={`${choice.name}-hint`}>
          {choice.hint}
        </p>
      )}
      {choice.options.map(({ value, text }, index) => (
        <label class="option" key={value}>
          <input
            type="radio"
            id={index === 0 ? choice.name : undefined}
            name={choice.name}
            value={value}
            required
            checked={choice.chosen === value}
          />
          <span>{text}</span>
        </label>
      ))}
    </fieldset>
  )
}
