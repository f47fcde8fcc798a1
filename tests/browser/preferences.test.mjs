// A page follows the reader's settings: dark colours, forced colours, reduced motion.
import assert from 'node:assert/strict'
import { eachPage, inEachWay, openSites } from './harness.mjs'

const WAYS = {
  light: { colorScheme: 'light', isGround: (luminance) => luminance > 0.8 },
  dark: { colorScheme: 'dark', isGround: (luminance) => luminance < 0.05 },
  'forced colours, light': { forcedColors: 'active', colorScheme: 'light', isGround: (luminance) => luminance > 0.8 },
  'forced colours, dark': { forcedColors: 'active', colorScheme: 'dark', isGround: (luminance) => luminance < 0.05 },
  'reduced motion': { reducedMotion: 'reduce', isGround: (luminance) => luminance > 0.8 },
}

eachPage("page follows the reader's settings", await openSites(), {}, async ({ page, open }) => {
  await open()
  const found = await inEachWay(page, WAYS, async ({ forcedColors, reducedMotion, isGround }) => {
    const { ground, text, heading, link, motion } = await page.evaluate(appearance)
    const faults = []
    if (!isGround(ground.luminance)) faults.push(`the ground has the luminance ${ground.luminance.toFixed(3)}`)
    for (const [name, { contrast }] of Object.entries({ text, heading })) {
      if (contrast < 7) faults.push(`the ${name} has the contrast ${contrast.toFixed(2)}`)
    }
    if (forcedColors && !link.isSystem) faults.push('links do not have the colour that the reader has set')
    if (reducedMotion) faults.push(...motion)
    return faults
  })
  assert.deepEqual(found, [])
})

function appearance() {
  const ground = probe.ground(document.body)
  const colour = (element) => getComputedStyle(element).color
  const on = (element) => ({ contrast: probe.contrast(colour(element), probe.ground(element)) })
  const system = document.createElement('i')
  system.style.cssText = 'color: LinkText; forced-color-adjust: none'
  const link = document.querySelector('main a[href]') ?? document.querySelector('a[href]')
  document.body.append(system)
  const isSystem = colour(link) === colour(system)
  system.remove()
  const moves = document.getAnimations().map(({ effect }) => `moves: ${probe.name(effect.target)}`)
  const scrolls = getComputedStyle(document.documentElement).scrollBehavior === 'smooth' ? ['scrolls smoothly'] : []
  return {
    ground: { luminance: probe.luminance(ground) },
    text: on(document.body),
    heading: on(document.querySelector('h1')),
    link: { isSystem },
    motion: [...moves, ...scrolls],
  }
}
