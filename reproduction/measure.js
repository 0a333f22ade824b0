// What reproduction/rendering.py asks of a page that is shown: every function returns sentences, one for each fault.

const shown = (element) => element.checkVisibility({visibilityProperty: true});
const named = (element) => `<${element.localName}${element.id ? " id=" + element.id : ""}>`;
const quoted = (node) => JSON.stringify(node.textContent.trim().replace(/\s+/g, " ").slice(0, 40));

function opened() {
  for (const details of document.querySelectorAll("details")) details.open = true;
}

// Text that is shown, as [its element, its node].
function* texts() {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    const silent = ["title", "desc", "style", "script"].includes(element.localName);
    if (node.textContent.trim() && !silent && shown(element)) yield [element, node];
  }
}

function unnamed() {
  const pictures = [...document.querySelectorAll("img, svg, canvas, video, object")];
  const silent = (e) => e.closest("[aria-hidden=true]") || e.parentElement.closest("svg");
  return pictures.filter((e) => !silent(e) && !name(e)).map((e) => `${named(e)} has no alternative text`);
}

function name(element) {
  const by = (element.getAttribute("aria-labelledby") || "").split(/\s+/).filter(Boolean);
  const said = by.map((id) => document.getElementById(id)?.textContent ?? "").join(" ");
  const title = [...element.children].find((child) => child.localName === "title")?.textContent;
  const role = element.localName !== "svg" || element.getAttribute("role") === "img";
  const text = said || element.getAttribute("aria-label") || element.getAttribute("alt") || title;
  return role && text?.trim();
}

// Wider than the page is; on paper, where nothing scrolls, also what its own box cuts off.
function wide(paper) {
  const root = document.documentElement, faults = [];
  if (root.scrollWidth > root.clientWidth) {
    const beyond = [...document.body.querySelectorAll("*")].find((e) => e.getBoundingClientRect().right > root.clientWidth);
    faults.push(`${root.scrollWidth} px wide${beyond ? ", by " + named(beyond) : ""}`);
  }
  for (const element of document.body.querySelectorAll("*:not(svg, svg *)")) {
    const overflow = getComputedStyle(element).overflowX;
    const cuts = ["hidden", "clip"].includes(overflow) || (paper && ["auto", "scroll"].includes(overflow));
    if (cuts && shown(element) && element.scrollWidth > element.clientWidth)
      faults.push(`${named(element)} cuts off ${element.scrollWidth - element.clientWidth} px`);
  }
  return faults;
}

function small(least) {
  const faults = [];
  for (const [element, node] of texts()) {
    const m = element.ownerSVGElement?.getScreenCTM();
    const scale = m ? Math.sqrt(Math.abs(m.a * m.d - m.b * m.c)) : 1;
    const size = parseFloat(getComputedStyle(element).fontSize) * scale;
    if (size < least) faults.push(`text of ${size.toFixed(1)} px: ${quoted(node)}`);
  }
  return faults;
}

// [red, green, blue, opacity], each from 0 to 1; null for what is no plain colour.
function colour(text, opacity = 1) {
  const found = text.match(/^rgba?\(([\d.]+), ([\d.]+), ([\d.]+)(?:, ([\d.]+))?\)$/);
  return found && [found[1] / 255, found[2] / 255, found[3] / 255, (found[4] ?? 1) * opacity];
}

const over = (top, below) => [0, 1, 2].map((k) => top[k] * top[3] + below[k] * (1 - top[3]));
const luminance = (c) => {
  const [r, g, b] = c.map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const ratio = (a, b) => (Math.max(luminance(a), luminance(b)) + 0.05) / (Math.min(luminance(a), luminance(b)) + 0.05);

// The colour that the browser gives a page that says none.
function canvas() {
  const probe = document.createElement("span");
  probe.style.background = "Canvas";
  document.documentElement.append(probe);
  const found = colour(getComputedStyle(probe).backgroundColor);
  probe.remove();
  return found;
}

function painted(element) {
  const style = getComputedStyle(element);
  if (!(element instanceof SVGElement) || element.localName === "svg") return colour(style.backgroundColor);
  return element.localName === "text" || element.localName === "tspan" ? null : colour(style.fill, style.fillOpacity);
}

// The colour behind the middle of a text: what is painted there below its element, as far down as it is seen through.
function behind(element, node) {
  const range = document.createRange();
  range.selectNodeContents(node);
  const box = range.getClientRects()[0] ?? element.getBoundingClientRect();
  let below = document.elementsFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  if (below.includes(element)) below = below.slice(below.indexOf(element));
  else for (below = []; element; element = element.parentElement) below.push(element);
  const layers = below.map(painted).filter((c) => c && c[3] > 0);
  const last = layers.findIndex((c) => c[3] >= 1);
  const bottom = last < 0 ? canvas() : layers[last];
  return layers.slice(0, last < 0 ? undefined : last).reduceRight((c, layer) => over(layer, c), bottom.slice(0, 3));
}

function faint(least) {
  const faults = [];
  for (const [element, node] of texts()) {
    const style = getComputedStyle(element);
    let opacity = 1;
    for (let e = element; e; e = e.parentElement) opacity *= getComputedStyle(e).opacity;
    const said = element.ownerSVGElement ? style.fill : style.color;
    const ink = colour(said, opacity);
    if (!ink) faults.push(`a colour that is not understood, ${said}: ${quoted(node)}`);
    else {
      const paper = behind(element, node);
      const found = ratio(over(ink, paper), paper);
      if (found < least) faults.push(`contrast ${found.toFixed(2)}, less than ${least}: ${quoted(node)}`);
    }
  }
  return faults;
}

function scheme(dark) {
  const page = [document.body, document.documentElement].map(painted).find((c) => c && c[3] > 0) ?? canvas();
  return luminance(page.slice(0, 3)) < 0.5 === dark ? [] : [`the page is ${dark ? "light" : "dark"}`];
}
