import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CaseUrlsError, caseUrl, parseCaseUrls } from './case-urls.ts'

describe("a case's address in the complaint system it came by", () => {
  const urls = parseCaseUrls(
    'sp4n_lapor=https://lapor.example/laporan/{id}, web=http://intra.example:8080/?case={id}&id={id}',
  )

  it('has its id where the template says so, encoded', () => {
    expect(caseUrl(urls, 'sp4n_lapor', 'LAPOR/12:3')).toBe('https://lapor.example/laporan/LAPOR%2F12%3A3')
    expect(caseUrl(urls, 'web', '$&')).toBe('http://intra.example:8080/?case=%24%26&id=%24%26')
  })

  it('is absent where its channel has no template', () => {
    expect(caseUrl(urls, 'walk_in', 'A-1')).toBeUndefined()
    expect(parseCaseUrls(' ').size).toBe(0)
  })

  it('stays on the server of the template, whatever the id', () => {
    // Letters, and what means something in an address.
    const signs = fc.constantFrom(...'aZ9._:/-?#&=%@\\ <>"{}é\u0000')
    fc.assert(
      fc.property(fc.string({ unit: signs, minLength: 1, maxLength: 64 }), (id) => {
        const url = new URL(caseUrl(urls, 'sp4n_lapor', id) ?? '')
        expect([url.protocol, url.host]).toEqual(['https:', 'lapor.example'])
        if (!/^\.{1,2}$/.test(id)) expect(decodeURIComponent(url.pathname)).toBe(`/laporan/${id}`)
      }),
    )
  })

  it.each([
    ['lapor=https://lapor.example/{id}', /does not begin with a channel/],
    ['https://lapor.example/{id}', /does not begin with a channel/],
    ['web=https://lapor.example/', /no \{id\}/],
    ['web=javascript:alert({id})', /http or https/],
    ['web=https://{id}.example/{id}', /http or https/],
    ['web=https://lapor.example{id}', /http or https/],
    ['web=/cases/{id}', /http or https/],
    ['web=https://a.example/{id},web=https://b.example/{id}', /two addresses/],
  ])('is not taken from %s', (text, why) => {
    expect(() => parseCaseUrls(text)).toThrow(CaseUrlsError)
    expect(() => parseCaseUrls(text)).toThrow(why)
  })
})
