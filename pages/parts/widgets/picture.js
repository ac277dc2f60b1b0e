// The three buttons of a picture: copy, PNG, SVG. The chart stands drawn, unseen, in a container of the page;
// its text is Source Sans there, and the font goes into the picture, so that the letters keep their widths.
const SVG = "http://www.w3.org/2000/svg";
const PATIENCE = 15_000; // milliseconds until the chart is drawn

const element = (name, attributes, text) => {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text !== undefined) made.textContent = text;
  return made;
};

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

// The fonts of a page come before its charts are measured, so a chart that stands still is done.
async function drawnChart(place) {
  const end = performance.now() + PATIENCE;
  let before = "";
  while (performance.now() < end) {
    const chart = document.querySelector(`.st-key-${CSS.escape(place)} .js-plotly-plot`);
    const now = chart?.querySelector(".main-svg .infolayer") ? chart.innerHTML : "";
    if (now && now === before) return chart;
    before = now;
    await pause(40);
  }
  throw new Error("no chart");
}

async function embeddedFont(file) {
  const answer = await fetch(`${location.origin}/static/media/${file}`);
  if (!answer.ok) throw new Error(`no font: ${answer.status}`);
  const reader = new FileReader();
  const content = await answer.blob();
  return new Promise((resolve, reject) => {
    reader.onload = () => resolve(`data:font/woff2;base64,${reader.result.split(",")[1]}`);
    reader.onerror = reject;
    reader.readAsDataURL(content);
  });
}

function copyOf(chart) {
  const group = element("g", {});
  for (const layer of chart.querySelectorAll(".svg-container > .main-svg")) {
    const copy = layer.cloneNode(true);
    copy.querySelectorAll(".draglayer, .hoverlayer, .zoomlayer, .cursor-pointer:empty").forEach((it) => it.remove());
    for (const part of copy.querySelectorAll("*")) {
      part.removeAttribute("data-unformatted");
      part.removeAttribute("data-math");
      const clip = part.getAttribute("clip-path");
      if (clip) part.setAttribute("clip-path", clip.replace(/url\(['"]?[^#'"]*#([^'")]+)['"]?\)/, "url(#$1)"));
    }
    copy.removeAttribute("class");
    copy.style.background = "none";
    group.append(copy);
  }
  return group;
}

async function picture({ place, font, family, words, look, size }) {
  const [chart, face] = await Promise.all([drawnChart(place), embeddedFont(font)]);
  const svg = element("svg", {
    xmlns: SVG, width: size.width * size.scale, height: size.height * size.scale,
    viewBox: `0 0 ${size.width} ${size.height}`,
  });
  svg.append(element("title", {}, words.title.join(" ")), element("desc", {}, words.description));
  const styles = element("style", {}, `@font-face{font-family:"Source Sans";font-weight:200 900;src:url(${face})}`);
  const defs = element("defs", {});
  defs.append(styles);
  svg.append(defs, element("rect", { width: size.width, height: size.height, fill: look.bg }));
  const write = (text, y, height, colour, weight) => svg.append(element("text", {
    x: size.edge, y, fill: colour, style: `font-family:${family};font-size:${height}px;font-weight:${weight}`,
  }, text));
  let y = size.edge + size.title - 6;
  for (const line of words.title) {
    write(line, y, size.title, look.ink, 600);
    y += 30;
  }
  if (words.under) write(words.under, y - 6, size.under, look.muted, 400);
  write(words.source, size.height - 20, size.source, look.muted, 400);
  const group = copyOf(chart);
  group.setAttribute("transform", `translate(${size.edge} ${size.top}) scale(${size.shrink})`);
  svg.append(group);
  return new XMLSerializer().serializeToString(svg);
}

async function pixels(text, size) {
  const address = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
  try {
    const image = new Image(size.width * size.scale, size.height * size.scale);
    image.src = address;
    await image.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [image.width, image.height];
    canvas.getContext("2d").drawImage(image, 0, 0, image.width, image.height);
    return await new Promise((resolve, reject) =>
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no pixels"))), "image/png"));
  } finally {
    URL.revokeObjectURL(address);
  }
}

function save(content, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

const actions = {
  async copy(data) {
    // Some browsers, and every browser on an address that is not secure, cannot put an image there.
    if (!globalThis.ClipboardItem || !navigator.clipboard?.write) return data.said.cannot;
    const image = picture(data).then((text) => pixels(text, data.size));
    await navigator.clipboard.write([new ClipboardItem({ "image/png": image })]);
    return data.said.copied;
  },
  async png(data) {
    save(await pixels(await picture(data), data.size), `${data.file}.png`);
    return data.said.saved;
  },
  async svg(data) {
    save(new Blob([await picture(data)], { type: "image/svg+xml" }), `${data.file}.svg`);
    return data.said.saved;
  },
};

export default function ({ data, parentElement }) {
  const status = parentElement.querySelector("[role=status]");
  const buttons = [...parentElement.querySelectorAll("button")];
  status.textContent = "";
  for (const button of buttons) {
    const action = button.dataset.action;
    button.textContent = data.labels[action];
    button.onclick = async () => {
      if (button.ariaDisabled === "true") return;
      // A disabled button would lose the focus of who works with the keyboard.
      buttons.forEach((it) => (it.ariaDisabled = "true"));
      status.textContent = data.said.busy;
      try {
        status.textContent = await actions[action](data);
      } catch (error) {
        status.textContent = error.name === "NotAllowedError" ? data.said.cannot : data.said.failed;
      } finally {
        buttons.forEach((it) => (it.ariaDisabled = null));
      }
    };
  }
}
