"""Every chart of every page: how a test walks to them, takes their pictures, and looks into them."""

import re
import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass

RUN = 90_000  # milliseconds until a forecast is drawn
WIDTH, HEIGHT = 1920, 1080
CHANGE_CHARTS = {"part", "group"}  # the choices that bring other charts; the rest changes rows or days
# Of a picture that stands in a page: its texts with their boxes and colours, its bars, its plot.
LOOK = r"""() => {
  const svg = document.querySelector('svg');
  const box = (it) => { const b = it.getBoundingClientRect(); return [b.left, b.top, b.right, b.bottom]; };
  const channels = (colour) => (colour.match(/[\d.]+/g) || []).map(Number);
  const opacity = (it) => {
    let all = 1;
    for (; it && it !== document.body; it = it.parentElement) all *= Number(getComputedStyle(it).opacity);
    return all;
  };
  const under = (x, y) => {
    let colour = [255, 255, 255];
    for (const it of document.elementsFromPoint(x, y).reverse()) {
      if (!['path', 'rect', 'circle'].includes(it.tagName)) continue;
      const style = getComputedStyle(it);
      const [r, g, b, a = 1] = channels(style.fill);
      if (style.fill === 'none' || r === undefined) continue;
      const share = a * Number(style.fillOpacity) * opacity(it);
      colour = colour.map((old, at) => old + ([r, g, b][at] - old) * share);
    }
    return colour;
  };
  const texts = [];
  for (const it of svg.querySelectorAll('text')) {
    if (!it.textContent.trim()) continue;
    const lines = it.querySelectorAll('tspan.line').length ? [...it.querySelectorAll('tspan.line')] : [it];
    for (const line of lines) {
      const range = document.createRange();
      range.selectNodeContents(line);
      const b = range.getBoundingClientRect();
      if (!b.width) continue;
      const leaf = [...line.querySelectorAll('tspan')].pop() || line;
      texts.push({text: line.textContent, box: [b.left, b.top, b.right, b.bottom],
        ink: channels(getComputedStyle(leaf).fill).slice(0, 3), size: b.height,
        ground: under((b.left + b.right) / 2, (b.top + b.bottom) / 2)});
    }
  }
  const bars = [...svg.querySelectorAll('.barlayer .point path')].map(box);
  const plot = [...svg.querySelectorAll('clipPath')].filter((it) => /plot$/.test(it.id))
    .map((it) => it.querySelector('rect')).filter(Boolean)
    .map((it) => [Number(it.getAttribute('width')), Number(it.getAttribute('height'))])[0];
  const scale = svg.querySelector('g[transform*="scale"]').getCTM().a;
  return {texts, bars, plot: plot && plot.map((length) => length * scale),
    fonts: [...document.fonts].map((it) => it.status)};
}"""
# Under the title: the last dark column of the saved pixels, to compare with the width that the font gives.
PIXELS = r"""async ([address, top, bottom]) => {
  const image = new Image();
  image.src = address;
  await image.decode();
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [image.width, image.height];
  const context = canvas.getContext('2d');
  context.drawImage(image, 0, 0);
  const corners = [[0, 0], [image.width - 1, image.height - 1]].map(([x, y]) =>
    [...context.getImageData(x, y, 1, 1).data]);
  const {data} = context.getImageData(0, top, image.width, bottom - top);
  let last = 0;
  for (let at = 0; at < data.length; at += 4)
    if (data[at] < 128) last = Math.max(last, (at / 4) % image.width);
  return {corners, last};
}"""


@dataclass(frozen=True)
class Taken:
    """A picture as a visitor saves it.

    Attributes:
        key: of the chart on its page.
        name: of the PNG file.
        png: its bytes.
        svg: the other file, as text.
        seconds: from the press of PNG to the file.
    """

    key: str
    name: str
    png: bytes
    svg: str
    seconds: float


# Keeps what the page makes a file of: the drawing of a picture, before it becomes pixels, is one of them.
KEEP = """() => {
  const make = URL.createObjectURL.bind(URL);
  URL.createObjectURL = (content) => {
    if (content.type === 'image/svg+xml') globalThis.drawing = content;
    return make(content);
  };
}"""
# Of a chart as it stands on the page: its heading and its own texts, the longest of which decide its fit.
WORDS = """(key) => {
  const longest = (all) => Math.max(0, ...[...all].map((it) => it.textContent.trim().length));
  const bar = document.querySelector(`.st-key-bar-${CSS.escape(key)}`);
  const figure = [...document.querySelectorAll('[class*="st-key-figure-"]')].find((it) =>
    bar && bar.compareDocumentPosition(it) & Node.DOCUMENT_POSITION_FOLLOWING);
  const all = (it, names) => it ? it.querySelectorAll(names) : [];
  return [longest(all(bar, 'h2, h3')), longest(all(figure, 'text'))];
}"""
STILL = """() => document.querySelector('[data-testid="stApp"]')?.dataset.testScriptState === 'notRunning'
  && !document.querySelector('[data-testid="stSkeleton"], [data-testid="stSpinner"]')"""


def charts(page) -> list[str]:
    """Return the keys of the charts that the page shows, as their menus bear them."""
    return _keys(page, "menu")


def _keys(page, kind: str) -> list[str]:
    classes = page.locator(f'[class*="st-key-{kind}-"]').evaluate_all("all => all.map((it) => it.className)")
    return [re.search(rf"st-key-{kind}-([\w.-]+)", names)[1] for names in classes]


def save(page, key: str, form: str) -> tuple[str, bytes, float]:
    """Save the picture of an opened menu; return name, bytes and seconds."""
    button = page.locator(f".st-key-buttons-{key} button[data-action={form}]")
    with page.expect_download() as started:
        before = page.evaluate("performance.now()")
        button.click()
    seconds = (page.evaluate("performance.now()") - before) / 1000
    path = started.value.path()
    return started.value.suggested_filename, path.read_bytes(), seconds


def open_menu(page, key: str) -> None:
    page.locator(f".st-key-export-{key} button").first.click()
    page.locator(f".st-key-buttons-{key} button[data-action=png]").wait_for()


def take(page, key: str) -> Taken:
    """Take a picture in a page that runs `KEEP`."""
    open_menu(page, key)
    name, png, seconds = save(page, key, "png")
    svg = page.evaluate("drawing.text()")
    page.keyboard.press("Escape")
    # The menu's run must be over: the next click would meet a page that still changes.
    page.locator(f".st-key-picture-{key}").wait_for(state="detached")
    return Taken(key, name, png, svg, seconds)


def walk(page, wanted: Callable[[str], bool]) -> Iterator[Taken]:
    """Yield the picture of every chart of an open page, behind every tab and group of figures.

    Args:
        page: as it first is, and runs `KEEP`.
        wanted: whether to take a chart with this key; asked of each one time.
    """
    seen: set[str] = set()
    known: set[str] = set()

    def explore() -> Iterator[Taken]:
        for key in charts(page):
            if key not in seen:
                seen.add(key)
                if wanted(key):
                    yield take(page, key)
        groups = [group for group in _keys(page, "pick") if group in CHANGE_CHARTS - known]
        known.update(groups)
        # The first group of a page changes what is below it, the others too: it comes last.
        for group in reversed(groups):
            buttons = page.locator(f".st-key-pick-{group} button")
            options = [text.strip() for text in buttons.all_inner_texts()]
            for option in filter(None, options[1:]):
                address = page.url
                buttons.filter(has_text=re.compile(f"^{re.escape(option)}$")).first.click()
                # A page that has not begun to run is as still as one that is done.
                page.wait_for_url(lambda url, before=address: url != before)
                ready(page)
                yield from explore()

    yield from explore()


def ready(page) -> None:
    """Wait until the page stands, its forecast too."""
    page.wait_for_selector("h1", timeout=RUN)
    for _ in range(2):
        page.wait_for_function(STILL, timeout=RUN)
        page.wait_for_timeout(120)


def faults(page, taken: Taken) -> list[str]:
    """Return what is wrong with a picture: its size, its texts, its bars, its letters."""
    size = struct.unpack(">II", taken.png[16:24])
    wrong = [] if size == (WIDTH, HEIGHT) else [f"{taken.key}: {size[0]}x{size[1]}"]
    page.set_viewport_size({"width": WIDTH, "height": HEIGHT})
    page.set_content(f'<body style="margin:0">{taken.svg}</body>')
    page.evaluate("document.fonts.ready")
    seen = page.evaluate(LOOK)
    if set(seen["fonts"]) != {"loaded"}:
        wrong.append(f"{taken.key}: font {seen['fonts']}")
    texts = seen["texts"]
    for text in texts:
        left, top, right, bottom = text["box"]
        if left < 0 or top < 0 or right > WIDTH or bottom > HEIGHT:
            wrong.append(f"{taken.key}: outside: {text['text']} {text['box']}")
        if (ratio := contrast(text["ink"], text["ground"])) < 4.5:
            wrong.append(f"{taken.key}: contrast {ratio:.1f}: {text['text']}")
    wrong += [
        f"{taken.key}: over one another: {one['text']} | {other['text']}"
        for at, one in enumerate(texts)
        for other in texts[at + 1 :]
        if overlaps(one["box"], other["box"])
    ]
    if (share := largest_bar(seen["bars"], seen["plot"])) is not None and share < 0.3:
        wrong.append(f"{taken.key}: the largest bar takes {share:.0%} of the plot")
    return wrong + pixel_faults(page, taken, texts[0]["box"])


def pixel_faults(page, taken: Taken, title: list[float]) -> list[str]:
    """Return whether the saved pixels are light, and their title as wide as the font makes it."""
    import base64  # noqa: PLC0415

    address = f"data:image/png;base64,{base64.b64encode(taken.png).decode()}"
    drawn = page.evaluate(PIXELS, [address, round(title[1]) + 8, round(title[3]) - 8])
    wrong = []
    if drawn["corners"] != [[255, 255, 255, 255]] * 2:
        wrong.append(f"{taken.key}: ground {drawn['corners']}")
    if abs(drawn["last"] - title[2]) > 8:
        wrong.append(f"{taken.key}: the title ends at {drawn['last']}, in its font at {title[2]:.0f}")
    return wrong


def largest_bar(bars: list[list[float]], plot: list[float] | None) -> float | None:
    """Return the share of the plot that the longest bar takes; None without bars, or for a map."""
    shown = [bar for bar in bars if bar[2] > bar[0] and bar[3] > bar[1]]
    if not shown or not plot:
        return None if not bars else 0.0
    widths, heights = [bar[2] - bar[0] for bar in shown], [bar[3] - bar[1] for bar in shown]
    if max(widths) - min(widths) < 2 and max(heights) - min(heights) < 2 and len(shown) > 1:
        return None
    is_level = max(heights) - min(heights) <= max(widths) - min(widths)
    return max(widths) / plot[0] if is_level else max(heights) / plot[1]


def overlaps(one: list[float], other: list[float]) -> bool:
    """Tell whether two texts touch; the empty rim of a line, above and below its letters, may."""
    rim = 0.18 * min(one[3] - one[1], other[3] - other[1])
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across > 1 and down > 2 * rim


def contrast(ink: list[float], ground: list[float]) -> float:
    """Return the contrast ratio of two colours, 1-21. Source: WCAG 2.2, relative luminance."""

    def luminance(colour: list[float]) -> float:
        shares = [channel / 255 for channel in colour]
        red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    light, dark = sorted((luminance(ink), luminance(ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
