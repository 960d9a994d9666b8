"use strict";
// The page works without this script; it adds the language, the filters, copying, and what was read in a figure.
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
  one("#language").lang = english() ? CHINESE : "en";
  sift();
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

// --- what was read in a figure
const panel = one("#detail");
const reading = one("#reading");
const known = new Map();
let shownFigure = null;
let pinned = false;

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

function place(report, start) {
  const anchor = `#r${report}-${start}`;
  return words.files.length ? words.files[report] + anchor : anchor;
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
    link.href = place(report, start);
    links.append(link, " ");
  }
  if (tie.finding) {
    const link = make("a", `${say(words.detail.finding)} ${tie.finding}`, "finding");
    link.href = `${words.home}#finding-${tie.finding}`;
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
  pinned = false;
  panel.hidden = true;
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
function arrive() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  if (target.classList.contains("card") && target.hidden) {
    filters.reset();
    sift();
  }
  const report = target.closest("details");
  if (report) report.open = true;
  target.scrollIntoView({ block: target.classList.contains("f") ? "center" : "start" });
  if (figureOf(target)) {
    go(target);
    show(target);
    pinned = true;
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (button?.id === "language") {
    speak(english() ? CHINESE : "en");
    keep(root.lang);
  } else if (button?.id === "close") hide();
  else if (button?.id === "copy-all") {
    const chosen = cards.flatMap((card, index) => (card.hidden ? [] : [say(copies[index])]));
    copy(chosen.join("\n\n"), button);
  } else if (button?.dataset.copy) copy(say(copies[button.dataset.copy]), button);
  const figure = figureOf(event.target);
  if (figure) {
    show(figure);
    pinned = true;
  }
});
document.addEventListener("mouseover", (event) => {
  const figure = figureOf(event.target);
  if (figure && !pinned) show(figure);
});
document.addEventListener("focusin", (event) => {
  const figure = figureOf(event.target);
  if (figure) show(figure);
});
document.addEventListener("keydown", step);
addEventListener("hashchange", arrive);
speak(wanted());
arrive();
