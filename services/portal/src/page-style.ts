import { createHash } from 'node:crypto'

// Small phones first: one column, 16 px text at least, targets of 48 px. Nothing is loaded from anywhere. Every pair of text and ground has a
// contrast of at least 4.5 to 1 in both modes, and a focus ring of 3 to 1.
export const pageStyle = [
  ':root{color-scheme:light dark;--ink:#1d2a33;--quiet:#56636d;--accent:#17596b;--on-accent:#fff;--page:#f2f0ea;--card:#fff;--tint:#e9f1f2;--rule:#8b949b}',
  '@media (prefers-color-scheme:dark){:root{--ink:#e7ecef;--quiet:#a9b6bf;--accent:#8fcbd6;--on-accent:#12181c;--page:#12181c;--card:#1b2329;--tint:#22323a;--rule:#7b8992}}',
  '*{box-sizing:border-box}',
  "body{margin:0;background:var(--page);color:var(--ink);font:1.0625rem/1.5 -apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif;-webkit-text-size-adjust:100%}",
  'main{max-width:37.5rem;margin:0 auto;min-height:100vh;background:var(--card);padding:1.25rem 1.125rem 2rem}',
  '@media (min-width:40rem){main{min-height:0;margin:2rem auto;border-radius:.5rem;padding:2rem}}',
  'h1{font-size:1.5rem;line-height:1.25;margin:0 0 1rem}',
  'h2{font-size:1.0625rem;margin:0 0 .25rem}',
  'p{margin:0 0 1rem}',
  '.kicker,.quiet,.hint{color:var(--quiet);font-size:.9375rem}',
  '.kicker{margin:0 0 .25rem}',
  '.step{background:var(--tint);border-radius:.5rem;padding:1rem;margin:0 0 1rem}',
  '.step p:last-child{margin:0}',
  '.error{border:3px solid var(--accent);border-radius:.5rem;padding:1rem;margin:0 0 1.25rem}',
  '.error p{margin:0}',
  'fieldset{border:0;padding:0;margin:0 0 1.25rem}',
  'legend{font-weight:600;padding:0;margin:0 0 .25rem}',
  '.option{display:flex;align-items:center;gap:.75rem;min-height:3rem;padding:.375rem 0;cursor:pointer}',
  '.option input{flex:none;width:1.5rem;height:1.5rem;margin:0;accent-color:var(--accent)}',
  'button{display:block;width:100%;min-height:3rem;padding:.75rem 1.25rem;border:2px solid var(--accent);border-radius:.375rem;background:var(--accent);color:var(--on-accent);font:inherit;font-weight:600;cursor:pointer}',
  '@media (min-width:40rem){button{display:inline-block;width:auto}}',
  'a{color:var(--accent);overflow-wrap:anywhere}',
  ':focus-visible{outline:3px solid var(--ink);outline-offset:2px}',
  'footer{border-top:1px solid var(--rule);margin-top:1.75rem;padding-top:1rem}',
  'footer p:last-child{margin:0}',
].join('')

/** How the Content-Security-Policy names the one style sheet that it lets in. */
export const pageStyleHash = `sha256-${createHash('sha256').update(pageStyle).digest('base64')}`
