// The tested pages: one of each kind, in each language. Start with `pagesOf` and `rarePages`.
// A page: { kind, language, path, status, method, until }. Where the languages have different
// paths, the lists
// below have one for each: { en, zh }. `until` is a selector: the page is ready once it matches.
import assert from 'node:assert/strict'

const LANGUAGES = [
  { language: 'en', root: '' },
  { language: 'zh', root: '/zh' },
]

/** Pages of the real site that are found in its sitemap. */
const PUBLISHED = {
  home: '/',
  section: '/bulletins/',
  year: '/bulletins/2022/',
  announcement: '/bulletins/2022-development-goals/',
  childcare: '/bulletins/childcare/',
  table: '/bulletins/2022-living-allowance/',
  goals: '/goals/',
  category: '/goals/livelihoods/',
  increase: '/goals/livelihoods/urban-jobs-2022/',
  maintain: '/goals/agriculture/grain-capacity/',
  direction: '/goals/agriculture/beautiful-villages/',
  deliver: '/goals/economy/creative-design-center/',
  continue: '/goals/economy/ai-pilot-zone/',
  status: '/goals/status/not-yet-reported/',
  'no-status': '/goals/status/behind/',
  'goal-year': '/goals/year/2022/',
  method: '/goals/method/',
  plain: '/about/',
  bodies: '/bodies/',
  body: '/bodies/municipal-government/',
  kinds: '/kinds/',
  'document-kind': '/kinds/work-plan/',
}

/** Pages of the search, which the sitemap does not have. */
const SEARCHES = [
  { kind: 'search', path: '/search/' },
  { kind: 'results', path: { en: results({ q: 'nursing beds' }), zh: results({ q: '养老床位' }) } },
  { kind: 'results-foreign', path: { en: results({ q: '养老床位' }), zh: results({ q: 'nursing beds' }) } },
  // The second of three pages: it has both neighbours.
  { kind: 'results-many', path: { en: results({ q: 'Harbin', page: 2 }), zh: results({ q: '哈尔滨', page: 2 }) } },
  { kind: 'did-you-mean', path: results({ q: 'nursng beds' }) },
  { kind: 'no-results', path: results({ q: 'zzzz' }) },
  { kind: 'no-results-narrowed', path: results({ q: 'nursing beds', kind: 'goal', year: 2021 }) },
  // As long as the search box accepts, without a place to break.
  { kind: 'long-search', path: results({ q: 'W'.repeat(200) }) },
  { kind: 'wrong-search', path: results({ q: 'x', kind: 'foo' }), status: 400 },
]

/** Responses to requests for missing pages. */
const PROBLEMS = [
  { kind: 'not-found', path: '/zzzz/', status: 404 },
  // The site searches for the words of the path, unless another test's search is running.
  { kind: 'not-found-words', path: { en: '/nursing-beds/', zh: encodeURI('/养老床位/') }, status: 404, until: '.found' },
  { kind: 'bad-request', path: '/%zz', status: 400 },
  { kind: 'wrong-method', path: '/', status: 405, method: 'POST' },
]

/** Pages of the fixture, for cases that the real content does not have. */
const RARE = [
  { kind: 'long-home', path: '/' },
  { kind: 'prose', path: '/bulletins/prose/' },
  { kind: 'withdrawn', path: '/bulletins/withdrawn/' },
  { kind: 'gone', path: '/bulletins/removed/', status: 410 },
  { kind: 'expired', path: '/bulletins/expired/', status: 410 },
  { kind: 'empty-section', path: '/notices/' },
  { kind: 'many', path: '/bulletins/' },
  { kind: 'second-page', path: '/bulletins/page/2/' },
  { kind: 'long-category', path: '/goals/water/' },
  { kind: 'long-goal', path: '/goals/water/plan/' },
  { kind: 'long-figure', path: '/goals/water/wells/' },
  { kind: 'long-results', path: { en: results({ q: 'water' }), zh: results({ q: '用水' }) } },
]

/** Pages of the invented city, which has every status and every kind of chart. */
const CITY_PAGES = {
  'city-home': '/',
  'city-goals': '/goals/',
  'city-status': '/goals/status/on-track/',
  'city-year': '/goals/year/2023/',
  'city-category': '/goals/river/',
  'city-quarters': '/goals/economy/urban-jobs-2024/',
  'city-dense': '/goals/economy/ferry-rides/',
  'city-money': '/goals/economy/port-investment/',
  'city-overdue': '/goals/economy/online-shops-2024/',
  'city-two-figures': '/goals/homes/rental-homes-2024/',
  'city-end-moved': '/goals/homes/stairwell-lifts/',
  'city-override': '/goals/homes/bus-shelters-2024/',
  'city-kept': '/goals/homes/heat-quality/',
  'city-under-way': '/goals/homes/tram-line-2/',
  'city-done': '/goals/homes/birch-island-footbridge/',
  'city-late': '/goals/homes/north-heating-plant/',
  'city-long-title': '/goals/homes/snow-before-seven/',
  'city-decrease': '/goals/river/pipe-losses/',
  'city-broken': '/goals/river/river-phosphorus/',
  'city-open': '/goals/river/street-trees/',
  'city-wrong-way': '/goals/river/wetlands/',
  'city-revised': '/goals/river/recycled-waste/',
  'city-gap': '/goals/river/roof-solar/',
  'city-years': '/goals/care/nursing-beds-2023/',
  'city-withdrawn': '/goals/care/first-aid-volunteers/',
  'city-report': '/bulletins/2024-first-half/',
  'city-bodies': '/bodies/',
  'city-body': '/bodies/river-office/',
  'city-topics': '/topics/',
  'city-topic': '/topics/trade/',
  'city-kinds': '/kinds/',
  'city-kind': '/kinds/regulation/',
  'city-consultations': '/consultations/',
  'city-document': '/bulletins/2024-market-rules/',
  'city-versions': '/bulletins/2024-first-quarter/versions/',
  'city-version': '/bulletins/2024-first-quarter/versions/2024-04-16/',
  'city-changes': '/bulletins/2024-first-quarter/versions/2024-04-16/changes/',
  'city-compared': '/bulletins/2024-first-quarter/versions/compare/?from=2024-04-16&to=present',
  'city-filtered': results({ q: '', topic: 'trade' }),
  'city-writing': '/offices/writing/',
  // Goals of nearly every status.
  'city-results': results({ q: '2024' }),
}

/** The pages of the invented city, each in each language. */
export function cityPages() {
  return inEachLanguage(Object.entries(CITY_PAGES).map(([kind, path]) => ({ kind, path })))
}

/** The pages of the real site, each kind in each language. */
export async function pagesOf(origin) {
  const published = new Set(await sitemap(origin))
  const pages = inEachLanguage(Object.entries(PUBLISHED).map(([kind, path]) => ({ kind, path })))
  const lost = pages.filter(({ path }) => !published.has(path))
  assert.deepEqual(lost.map(({ path }) => path), [], 'pages of the list above that the sitemap does not have')
  return [...pages, ...inEachLanguage([...SEARCHES, ...PROBLEMS])]
}

/** Every page in the sitemap of the real site that is not in `pages`, with its path as its kind. */
export async function furtherPages(origin, pages) {
  const known = new Set(pages.map(({ path }) => path))
  const further = (await sitemap(origin)).filter((path) => !known.has(path))
  const languageOf = (path) => LANGUAGES.findLast(({ root }) => path.startsWith(`${root}/`)).language
  return further.map((path) => ({ kind: path, language: languageOf(path), path, status: 200, method: 'GET', until: 'body' }))
}

/** The pages of the fixture, each kind in each language. */
export function rarePages() {
  return inEachLanguage(RARE)
}

/** Every path in a site's sitemap. */
export async function sitemap(origin) {
  const answer = await fetch(`${origin}/sitemap.xml`)
  assert.equal(answer.status, 200, '/sitemap.xml')
  return [...(await answer.text()).matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, url]) => new URL(url).pathname)
}

/** The path of a search, without its language. */
function results(asked) {
  return `/search/?${new URLSearchParams(asked)}`
}

function inEachLanguage(kinds) {
  const at = ({ language, root }, path) => root + (typeof path === 'string' ? path : path[language])
  return LANGUAGES.flatMap((where) =>
    kinds.map(({ kind, path, status = 200, method = 'GET', until = 'body' }) => ({
      kind,
      language: where.language,
      path: at(where, path),
      status,
      method,
      until,
    })),
  )
}
