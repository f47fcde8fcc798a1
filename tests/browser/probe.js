// Functions that tests call inside a page. The harness loads this before the page's content; it
// changes nothing.
window.probe = {
  /** The name of an element in findings. */
  name(element) {
    const id = element.id ? `#${element.id}` : ''
    const classes = [...element.classList].map((name) => `.${name}`).join('')
    const text = element.textContent.trim().replace(/\s+/g, ' ').slice(0, 40)
    const within = element.parentElement?.closest('[id], [class]')
    const place = within ? `${within.localName}${within.id ? `#${within.id}` : `.${within.classList[0]}`} ` : ''
    return `${place}${element.localName}${id}${classes} "${text}"`
  },

  isVisible(element) {
    return element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && element.getClientRects().length > 0
  },

  /** Loads every image, lazy ones too, and returns those that cannot be shown. */
  async loadImages() {
    const broken = []
    for (const image of document.images) {
      image.scrollIntoView()
      if (!image.complete) {
        await new Promise((resolve) => ['load', 'error'].forEach((event) => image.addEventListener(event, resolve)))
      }
      if (image.naturalWidth === 0) broken.push(image.src)
    }
    scrollTo(0, 0)
    return broken
  },

  /** The elements that react to a pointer or a key. */
  targets() {
    const selector = 'a[href], area[href], button, input, select, textarea, summary, [role=button], [role=link]'
    return [...document.querySelectorAll(selector)].filter((element) => !element.disabled && probe.isVisible(element))
  },

  /** The expected stops of Tab, in the order of the document. */
  stops() {
    const selector = 'a[href], area[href], button, input, select, textarea, summary, iframe, [tabindex], [contenteditable]'
    const inOrder = [...document.querySelectorAll(selector)]
    return inOrder.filter((element) => element.tabIndex >= 0 && !element.disabled && probe.isVisible(element))
  },

  /** Whether an element is inside one that scrolls sideways by itself. */
  isInScroller(element) {
    for (let at = element.parentElement; at && at !== document.body; at = at.parentElement) {
      if (['auto', 'scroll'].includes(getComputedStyle(at).overflowX)) return true
    }
    return false
  },

  /** The elements that make the page wider than its window, or are cut off. */
  overflow() {
    const found = []
    const root = document.documentElement
    if (root.scrollWidth > root.clientWidth) found.push(`the page is ${root.scrollWidth} px wide in ${root.clientWidth} px`)
    for (const element of document.body.querySelectorAll('*')) {
      if (element.closest('svg') || !probe.isVisible(element) || probe.isInScroller(element)) continue
      const { left, right } = element.getBoundingClientRect()
      if (right > root.clientWidth + 1) found.push(`ends at ${right.toFixed()} px: ${probe.name(element)}`)
      if (left < -1) found.push(`begins at ${left.toFixed()} px: ${probe.name(element)}`)
      if (probe.isCut(element)) found.push(`is cut off: ${probe.name(element)}`)
    }
    return found
  },

  isCut(element) {
    const { overflowX, overflowY } = getComputedStyle(element)
    const hides = (overflow) => overflow === 'hidden' || overflow === 'clip'
    const isWider = hides(overflowX) && element.scrollWidth > element.clientWidth + 1
    const isTaller = hides(overflowY) && element.scrollHeight > element.clientHeight + 1
    return element.textContent.trim() !== '' && (isWider || isTaller)
  },

  /** Targets below WCAG 2.5.8's 24 by 24 px. Only those in a sentence may be smaller. */
  smallTargets() {
    const found = []
    for (const target of probe.targets()) {
      const { width, height } = target.getBoundingClientRect()
      // Layout rounds by half a hundredth.
      if ((width < 23.995 || height < 23.995) && !probe.isInSentence(target)) {
        found.push(`${width.toFixed(1)} x ${height.toFixed(1)} px: ${probe.name(target)}`)
      }
    }
    return found
  },

  /** Whether a target is part of running text: it has words beside it that are no target. */
  isInSentence(target) {
    if (getComputedStyle(target).display !== 'inline') return false
    const block = target.closest('p, li, dd, dt, td, th, figcaption, caption, blockquote, h1, h2, h3, h4, h5, h6')
    if (!block) return false
    const rest = block.cloneNode(true)
    for (const other of rest.querySelectorAll('a, button')) other.remove()
    return /\p{L}/u.test(rest.textContent)
  },

  /** Red, green, blue and alpha of any CSS colour. */
  rgba(colour) {
    const canvas = new OffscreenCanvas(1, 1).getContext('2d')
    canvas.fillStyle = colour
    canvas.fillRect(0, 0, 1, 1)
    return [...canvas.getImageData(0, 0, 1, 1).data]
  },

  /** WCAG's relative luminance. */
  luminance(colour) {
    const linear = (value) => (value <= 0.04045 * 255 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4)
    const [red, green, blue] = probe.rgba(colour).map(linear)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  },

  contrast(one, other) {
    const [dark, light] = [probe.luminance(one), probe.luminance(other)].sort((a, b) => a - b)
    return (light + 0.05) / (dark + 0.05)
  },

  /** The colour behind an element. */
  ground(element) {
    for (let at = element; at; at = at.parentElement) {
      const { backgroundColor } = getComputedStyle(at)
      if (probe.rgba(backgroundColor)[3] === 255) return backgroundColor
    }
    return matchMedia('(prefers-color-scheme: dark)').matches ? '#121212' : '#ffffff'
  },

  /** The reasons why the focused element cannot be recognised. */
  focusFaults() {
    const element = document.activeElement
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element)
    const found = []
    const width = outlineStyle === 'none' ? 0 : parseFloat(outlineWidth)
    if (width < 2) found.push(`its outline is ${width} px wide`)
    const contrast = probe.contrast(outlineColor, probe.ground(element.parentElement))
    if (width > 0 && contrast < 3) found.push(`its outline's contrast is ${contrast.toFixed(2)}`)
    const seen = [...element.getClientRects()].some((box) => {
      // The middle of the part in the window: a table may be taller than it.
      const middle = (start, end, edge) => (Math.max(start, 0) + Math.min(end, edge)) / 2
      const at = document.elementFromPoint(middle(box.left, box.right, innerWidth), middle(box.top, box.bottom, innerHeight))
      return element.contains(at)
    })
    if (!seen) found.push('it is covered or outside of the window')
    return found.map((fault) => `${fault}: ${probe.name(element)}`)
  },
}
