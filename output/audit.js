"use strict";
// The page works without this script; it adds the language, the filters, search, picking and copying, and what was read in
// a figure. Only where the texts are so long that they are packed does it take the script to unpack them.
const root = document.documentElement;
const one = (selector, within = document) => within.querySelector(selector);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const data = (id) => JSON.parse(one(`#${id}`)?.textContent ?? "null");
const words = data("words");
const copies = data("copies") ?? [];
const english = () => root.lang === "en";
const CHINESE = "zh-Hant-TW";
const say = (pair) => (pair ? pair[english() ? 1 : 0] : "");

// --- language: the one that was chosen before, else the one that the page was made for, else the browser's
const KEPT = "heshu-language";

function kept() {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null; // a browser that lets a file keep nothing
  }
}

function keep(language) {
  try {
    localStorage.setItem(KEPT, language);
  } catch {
    // as above
  }
}

function wanted() {
  const known = [kept(), root.dataset.language, ...navigator.languages].find((one) => /^(zh|en)\b/i.test(one ?? ""));
  return /^en\b/i.test(known ?? "") ? "en" : CHINESE;
}

function speak(language) {
  root.lang = language;
  const key = english() ? "en" : "zh";
  for (const each of all(`[data-${key}]`)) each.textContent = each.dataset[key];
  for (const each of all(`[data-${key}-label]`)) each.ariaLabel = each.dataset[`${key}Label`];
  for (const each of all(`[data-${key}-hint]`)) each.placeholder = each.dataset[`${key}Hint`];
  one("#language").lang = english() ? CHINESE : "en";
  sift();
  tellPicked();
  if (one("#find input")?.value) seek();
  if (shownFigure) show(shownFigure);
}

// --- filters
const filters = one("#filters");
const cards = all(".card");

function matches(card, chosen) {
  for (const [name, value] of chosen) {
    const wanted = value.trim().toLowerCase();
    if (!wanted) continue;
    if (name === "words") {
      const text = card.textContent.toLowerCase();
      if (!wanted.split(/\s+/).every((word) => text.includes(word))) return false;
    } else if (!card.dataset[name].split("\n").includes(value)) return false;
  }
  return true;
}

function sift() {
  if (!filters) return;
  const chosen = [...new FormData(filters)];
  for (const card of cards) card.hidden = !matches(card, chosen);
  const count = cards.filter((card) => !card.hidden).length;
  one("#nothing").hidden = count > 0;
  one("#shown").textContent = say(words.detail.shown).replace("{n}", count).replace("{all}", cards.length);
}

filters?.addEventListener("input", sift);
filters?.addEventListener("submit", (event) => event.preventDefault());
filters?.addEventListener("reset", () => setTimeout(sift));

// --- copying
async function copy(text, button) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
    button.focus();
  }
  button.classList.add("done");
  setTimeout(() => button.classList.remove("done"), 1600);
}

// --- picking findings: as a written question, on paper, or as a command
const question = data("question");
const picks = all("[data-pick]");
const picked = () => picks.filter((box) => box.checked).map((box) => Number(box.dataset.pick));

function numeral(number) {
  const digits = "〇一二三四五六七八九";
  const [hundreds, tens, ones] = [Math.floor(number / 100), Math.floor(number / 10) % 10, number % 10];
  const before = hundreds ? `${digits[hundreds]}百` : "";
  const middle = tens ? (tens === 1 && !hundreds ? "十" : `${digits[tens]}十`) : hundreds && ones ? "零" : "";
  return before + middle + (ones ? digits[ones] : "");
}

function asQuestion() {
  const [before, behind] = question.frame;
  const cases = picked().map((index, at) => `${numeral(at + 1)}、${question.cases[index]}`);
  return `${before.replace("{n}", cases.length)}${cases.join("\n")}\n${behind}`;
}

// A file that every word processor opens, and that this page can write by itself: whoever was mailed the page has no terminal.
function asDocument() {
  const escaped = (text) => text.replace(/[\\{}]/g, "\\$&").replace(/[^ -~]/g, (unit) => `\\u${(unit.charCodeAt(0) << 16) >> 16}?`);
  const [title, ...lines] = asQuestion().split("\n");
  const heads = /^(質詢事項|請答覆)$|^[〇一二三四五六七八九十百零]+、/;
  let inCases = false;
  const paragraphs = lines.map((line) => {
    if (line === "請答覆") inCases = false;
    const isHead = heads.test(line) && (inCases || !line.includes("、"));
    if (line === "質詢事項") inCases = true;
    return `\\pard\\sa80${isHead ? "\\sb160\\b" : inCases ? "\\li480" : ""} ${escaped(line)}${isHead ? "\\b0" : ""}\\par`;
  });
  const head = "{\\rtf1\\ansi\\ansicpg950\\deff0{\\fonttbl{\\f0\\fscript\\fcharset136 DFKai-SB;}}\\paperw11906\\paperh16838\\margl1417\\margr1417\\margt1417\\margb1417\\f0\\fs28";
  return `${head}\n\\pard\\qc\\sa200\\fs36\\b ${escaped(title)}\\b0\\fs28\\par\n${paragraphs.join("\n")}\n}`;
}

function save(text, name) {
  const link = make("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "application/rtf" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

function command() {
  let folder = "heshu-audit";
  if (location.protocol === "file:") folder = decodeURIComponent(location.pathname).replace(/\/[^/]*$/, "").replace(/^\/(?=[A-Za-z]:)/, "");
  return `heshu export "${folder}" --as ${one("#form").value} --format ${one("#format").value} --findings ${picked().map((index) => question.ids[index]).join(",")}`;
}

function tellPicked() {
  if (!one("#picked")) return;
  const count = picked().length;
  one("#picked").hidden = !count;
  root.classList.toggle("picking", count > 0);
  if (!count) return;
  one("#count").textContent = say(words.detail.picked).replace("{n}", count);
  one("#command").textContent = command();
}

function printed(mode) {
  if (mode) root.classList.add(mode);
  print();
  if (mode) root.classList.remove(mode);
}

// --- the texts of the reports, packed or not
async function unpack(name) {
  const bytes = Uint8Array.from(atob(one(`#${name}`).textContent), (each) => each.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new DOMParser().parseFromString(await new Response(stream).text(), "text/html").body;
}

const laying = new Map();

function laid(report) {
  const details = one(`#report-${report}`);
  if (!details?.dataset.packed) return Promise.resolve();
  if (!laying.has(report)) laying.set(report, unpack(details.dataset.packed).then((body) => details.append(...body.children)));
  return laying.get(report);
}

function opened(event) {
  if (event.target.open && event.target.matches?.("details[data-packed]")) laid(event.target.id.split("-")[1]);
}

async function moreSeries(button) {
  const body = await unpack("packed-series");
  one("#charts").append(...body.children);
  button.parentElement.remove();
  speak(root.lang);
}

// --- search in all reports: every word in one paragraph or row of a table
const LISTED = 200;
const sources = new Map();
let search = 0;

const plain = (text) => text.normalize("NFKC").toLowerCase().replace(/(?<=\d),(?=\d{3})/g, "");

function linesOf(body) {
  let line = "";
  return all("p:not(.leaf), h4, h5, h6, tr", body).map((element) => {
    const own = one(".no", element.closest(".wide") ?? element)?.textContent ?? line;
    line = own;
    const number = one(":scope > .no", element)?.textContent ?? "";
    const text = element.localName === "tr" ? [...element.cells].map((cell) => cell.textContent).join(" ｜ ") : element.textContent.slice(number.length);
    return { line: own, text, plain: plain(text) };
  });
}

async function source(report) {
  if (!sources.has(report)) {
    const details = one(`#report-${report}`);
    const body = details.dataset.packed && !one(".text", details) ? await unpack(details.dataset.packed) : details;
    sources.set(report, linesOf(one(".text", body)));
  }
  return sources.get(report);
}

function hit(report, name, found, wanted) {
  const item = make("li");
  const link = make("a", `${name} ${say(words.detail.line).replace("{n}", found.line)}`);
  link.href = `#r${report}L${found.line}`;
  const at = Math.max(0, found.plain.indexOf(wanted[0]));
  const quote = make("span");
  // Where width or commas were folded, the place may be a little off: the words are sought again in what is shown.
  let shown = found.text.length > 120 ? found.text.slice(Math.max(0, at - 40), at + 80) : found.text;
  const lower = shown.toLowerCase();
  const spans = wanted.map((word) => [lower.indexOf(word), word.length]).filter(([start]) => start >= 0).sort((a, b) => a[0] - b[0]);
  let done = 0;
  for (const [start, length] of spans) {
    if (start < done) continue;
    quote.append(shown.slice(done, start), make("mark", shown.slice(start, start + length)));
    done = start + length;
  }
  quote.append(shown.slice(done));
  item.append(link, " ", quote);
  return item;
}

async function seek() {
  const own = ++search;
  const wanted = plain(one("#find input").value).split(/\s+/).filter(Boolean);
  const [results, hits] = [one("#results"), one("#hits")];
  results.hidden = !wanted.length;
  hits.textContent = wanted.length ? say(words.detail.searching) : "";
  if (!wanted.length) return results.replaceChildren();
  const items = [];
  let [count, reports] = [0, 0];
  for (const details of all("details.report")) {
    const report = details.id.split("-")[1];
    const found = (await source(report)).filter((each) => wanted.every((word) => each.plain.includes(word)));
    if (own !== search) return;
    reports += found.length ? 1 : 0;
    count += found.length;
    const name = one("summary bdi", details).textContent;
    for (const each of found.slice(0, LISTED - items.length)) items.push(hit(report, name, each, wanted));
  }
  results.replaceChildren(...items);
  const more = count > items.length ? say(words.detail.first).replace("{n}", items.length) : "";
  hits.textContent = say(words.detail.hits).replace("{n}", count).replace("{all}", reports) + more;
}

let waiting = 0;
one("#find")?.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(seek, 150);
});
one("#find")?.addEventListener("submit", (event) => {
  event.preventDefault();
  seek();
});

// --- what was read in a figure
const panel = one("#detail");
const reading = one("#reading");
const known = new Map();
let shownFigure = null;
let pinned = null; // the figure that was clicked on

const figureOf = (node) => node.closest?.(".text .f");
const reportOf = (figure) => figure.closest(".text").dataset.report;
const figuresOf = (figure) => all("a.f", figure.closest(".text"));

function read(figure) {
  const report = reportOf(figure);
  if (!known.has(report)) known.set(report, data(`data-${report}`));
  const { figures, ties } = known.get(report);
  return { found: figures[figure.id.split("-")[1]], ties };
}

function make(tag, text = "", name = "") {
  const made = document.createElement(tag);
  made.textContent = text;
  if (name) made.className = name;
  return made;
}

function row(list, key, text) {
  if (!text) return;
  list.append(make("dt", say(words.detail[key])), make("dd", text));
}

function tied(tie, own) {
  const item = make("li", "", tie.holds === false ? "fails" : "");
  const verdict = say(words.detail[tie.holds === null ? "open" : tie.holds ? "holds" : "fails"]);
  item.append(make("b", `${say(words.kinds[tie.kind])} · ${verdict}`));
  const fails = tie.holds === false;
  const equals = /[+−×÷]/.test(say(tie.terms)) ? "=" : "→";
  const [terms, result, computed] = [say(tie.terms), say(tie.result), say(tie.computed)];
  let told = `${terms} ${tie.twice ? (fails ? "≠" : "=") : equals} ${result}`;
  if (fails && !tie.twice) told = `${terms} ${equals} ${computed}${english() ? "; " : "；"}${say(words.detail.stated)} ${result}`;
  item.append(make("span", told));
  const links = make("span", "", "links");
  for (const [report, start, text] of tie.at) {
    if (`r${report}-${start}` === own) continue;
    const link = make("a", text);
    link.href = `#r${report}-${start}`;
    links.append(link, " ");
  }
  if (tie.finding) {
    const link = make("a", `${say(words.detail.finding)} ${tie.finding}`, "finding");
    link.href = `#finding-${tie.finding}`;
    links.append(link);
  }
  item.append(links, make("code", tie.rule));
  return item;
}

function show(figure) {
  const { found, ties } = read(figure);
  const state = Object.keys(words.states).find((name) => figure.classList.contains(name));
  const list = make("dl");
  if (found) {
    if (found.value) row(list, "value", `${found.bound ? `${say(words.bounds[found.bound])} ` : ""}${say(found.value)}`);
    if (found.role) row(list, "role", say(words.roles[found.role.replace(/[+-]$/, "")]) + (found.role.match(/[+-]$/) ?? ""));
    row(list, "indicator", found.indicator);
    row(list, "period", say(found.period));
    row(list, "date", say(found.date));
    row(list, "agency", found.agency);
    row(list, "confidence", found.confidence);
    row(list, "rule", found.rule);
  }
  const head = make("p", "", "head");
  head.append(make("b", figure.textContent), " ", make("span", say(words.states[state]), `state ${state}`));
  const parts = [head, list];
  if (found?.ties) {
    const relations = make("ul");
    relations.append(...found.ties.map((index) => tied(ties[index], figure.id)));
    parts.push(relations);
  }
  reading.replaceChildren(...parts);
  shownFigure?.classList.remove("shown");
  figure.classList.add("shown");
  shownFigure = figure;
  panel.hidden = false;
  // On a narrow screen the panel lies over the text: the figure must not lie beneath it.
  const [own, over] = [figure.getBoundingClientRect(), panel.getBoundingClientRect()];
  if (own.bottom > over.top && own.right > over.left) figure.scrollIntoView({ block: "start" });
}

function hide() {
  shownFigure?.classList.remove("shown");
  shownFigure = null;
  pinned = null;
  panel.hidden = true;
}

// What was only pointed at leaves with the pointer; what was clicked on, with a click elsewhere or out of sight.
let leaving = 0;

function leave() {
  clearTimeout(leaving);
  leaving = setTimeout(() => {
    if (!pinned && !panel.matches(":hover, :focus-within") && !shownFigure?.matches(":hover, :focus")) hide();
  }, 250);
}

function outOfSight() {
  const box = shownFigure?.getBoundingClientRect();
  if (box && (box.bottom < 0 || box.top > innerHeight)) hide();
}

function go(figure) {
  if (!figure) return;
  for (const each of all('a.f[tabindex="0"]', figure.closest(".text"))) each.tabIndex = -1;
  figure.tabIndex = 0;
  figure.focus();
}

function step(event) {
  if (event.key === "Escape") return hide();
  const figure = figureOf(event.target);
  if (!figure || event.ctrlKey || event.metaKey || event.altKey) return;
  const figures = figuresOf(figure);
  const at = figures.indexOf(figure);
  const inQuestion = (each) => each.matches(".contradicted, .suspicious, .unread");
  const next = {
    ArrowRight: () => figures[at + 1],
    ArrowLeft: () => figures[at - 1],
    Home: () => figures[0],
    End: () => figures.at(-1),
    n: () => figures.slice(at + 1).find(inQuestion),
    p: () => figures.slice(0, at).findLast(inQuestion),
  }[event.key];
  if (!next) return;
  event.preventDefault();
  go(next());
}

// --- a link into a report opens it, and shows what was read there
async function arrive() {
  const name = decodeURIComponent(location.hash.slice(1));
  const [, report, line] = name.match(/^r(\d+)(?:L(\d+)|-\d+)$/) ?? [];
  if (report) await laid(report);
  const numbers = line ? all(`#report-${report} .no`) : [];
  const target = line ? numbers.find((each) => each.textContent === line)?.parentElement : document.getElementById(name);
  if (!target) return;
  if (target.classList.contains("card") && target.hidden) {
    filters.reset();
    sift();
  }
  for (let within = target.closest("details"); within; within = within.parentElement.closest("details")) within.open = true;
  target.scrollIntoView({ block: report ? "center" : "start" });
  all(".sought").forEach((each) => each.classList.remove("sought"));
  if (line) target.classList.add("sought");
  if (figureOf(target)) {
    go(target);
    show(target);
    pinned = target;
  }
}

const buttons = {
  language: () => {
    speak(english() ? CHINESE : "en");
    keep(root.lang);
  },
  close: hide,
  "copy-all": (button) => copy(cards.flatMap((card, index) => (card.hidden ? [] : [say(copies[index])])).join("\n\n"), button),
  print: () => printed(""),
  "copy-question": (button) => copy(asQuestion(), button),
  "save-question": () => save(asDocument(), "heshu-question.rtf"),
  "copy-command": (button) => copy(command(), button),
  "print-picked": () => printed("picked-only"),
  unpick: () => {
    for (const box of picks) box.checked = false;
    tellPicked();
  },
  "more-series": moreSeries,
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  buttons[button?.id]?.(button);
  if (button?.dataset.copy) copy(say(copies[button.dataset.copy]), button);
  const figure = figureOf(event.target);
  if (figure && figure === pinned) {
    event.preventDefault();
    return hide();
  }
  if (figure) {
    show(figure);
    pinned = figure;
  } else if (!panel.contains(event.target) && button?.id !== "language" && !event.target.closest("a")) hide();
});
document.addEventListener("mouseover", (event) => {
  const figure = figureOf(event.target);
  if (figure && !pinned) show(figure);
});
document.addEventListener("mouseout", (event) => {
  if (figureOf(event.target) || panel.contains(event.target)) leave();
});
document.addEventListener("focusin", (event) => {
  const figure = figureOf(event.target);
  if (figure) show(figure);
  else if (!panel.contains(event.target)) leave();
});
document.addEventListener("change", (event) => {
  if (event.target.dataset.pick || event.target.closest("#picked")) tellPicked();
  if (event.target.id === "with-charts") root.classList.toggle("with-charts", event.target.checked);
});
document.addEventListener("toggle", opened, true);
document.addEventListener("keydown", step);
addEventListener("scroll", outOfSight, { passive: true });
addEventListener("hashchange", arrive);
for (const each of all(".scripted")) each.hidden = false;
speak(wanted());
arrive();
