"use strict";
// The pages work without this script but for the keys and the progress; audit.js, which comes first, brings the language and the panel.
const told = data("app-words");
const fill = (name, values = {}) => Object.entries(values).reduce((text, [key, value]) => text.replace(`{${key}}`, value), say(told.script[name]));

// --- what happened, in a word
let fading = 0;

function tell(text) {
  one("#said").textContent = text;
  clearTimeout(fading);
  fading = setTimeout(() => (one("#said").textContent = ""), 4000);
}

// --- dropping reports in
const drop = one("#drop");

// What the app answers; nothing, and a word of it, where something was not kept.
async function hand(address, body) {
  const answer = await fetch(address, { method: "POST", body, headers: { accept: "application/json" } }).catch(() => null);
  if (answer?.ok) return answer.json();
  tell(fill("failed", { why: answer ? await answer.text() : say(told.script.ended) }));
}

async function send(files) {
  if (!files.length) return;
  const form = new FormData();
  for (const file of files) form.append("file", file, file.name);
  if (await hand("/reports", form)) follow(true);
}

// A folder is all the files in it.
async function within(entry) {
  if (!entry.isDirectory) return [await new Promise((take, refuse) => entry.file(take, refuse))];
  const [reader, found] = [entry.createReader(), []];
  for (let some; (some = await new Promise((take, refuse) => reader.readEntries(take, refuse))).length; ) found.push(...some);
  return (await Promise.all(found.filter(({ name }) => !name.startsWith(".")).map(within))).flat();
}

async function dropped({ items, files }) {
  const entries = [...items].map((item) => item.webkitGetAsEntry()).filter(Boolean);
  const plain = [...files];
  send(entries.length ? (await Promise.all(entries.map(within))).flat() : plain);
}

function outcome(each) {
  const item = make("li", "", each.became);
  item.append(make("b", say(told.became[each.became])));
  if (each.report) {
    const link = make("a", each.name);
    link.href = `/reports/${each.report}`;
    item.append(link);
  } else item.append(each.name);
  if (each.supersedes) item.append(make("small", `${fill("supersedes", { name: each.supersedes })} · ${fill("differences", { n: each.differences })}`));
  for (const problem of each.problems) item.append(make("small", say(problem)));
  return item;
}

async function follow(started = false) {
  const answer = await fetch("/progress").catch(() => null);
  if (!answer) return tell(say(told.script.ended));
  const now = await answer.json();
  const [box, bar, step] = [one("#progress"), one("#bar"), one("#step")];
  if (!now.waiting && !now.comparing) return; // nothing was brought in since the app was opened
  box.hidden = false;
  bar.max = now.waiting || 1;
  bar.value = now.done;
  one("#outcomes").replaceChildren(...now.told.map(outcome));
  step.textContent = now.error ? say(now.error) : now.comparing ? fill("comparing") : now.busy ? fill("reading", { now: now.now, done: now.done, waiting: now.waiting }) : fill("ready", { done: now.done });
  if (now.busy) return setTimeout(() => follow(true), 400);
  if (started && !now.error) {
    sessionStorage.setItem("told", JSON.stringify(now.told));
    location.reload();
  }
}

if (drop) {
  one("#files").addEventListener("change", (event) => send([...event.target.files]));
  for (const name of ["dragenter", "dragover"]) drop.addEventListener(name, (event) => {
    event.preventDefault();
    drop.classList.add("over");
  });
  for (const name of ["dragleave", "drop"]) drop.addEventListener(name, () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    dropped(event.dataTransfer);
  });
  const before = sessionStorage.getItem("told");
  sessionStorage.removeItem("told");
  if (before) one("#outcomes").replaceChildren(...JSON.parse(before).map(outcome));
  follow(one("#progress").dataset.busy === "true");
  // What misses the box is not opened by the browser in the place of the page.
  for (const name of ["dragover", "drop"]) addEventListener(name, (event) => event.preventDefault());
}

// --- deciding
const article = (node) => node?.closest?.(".card[data-id]");
const list = () => all(".card[data-id]");
const reasonOf = (card) => one(".reason input", card);

async function decide(card, decision) {
  const reason = reasonOf(card).value.trim();
  if (decision === "dismissed" && !reason) {
    one(".reason", card).classList.add("wanted");
    reasonOf(card).focus();
    return tell(fill("reason"));
  }
  one(".reason", card).classList.remove("wanted");
  const answer = await hand(one(".decide", card).action, new URLSearchParams({ decision, reason }));
  if (!answer) return;
  card.dataset.decision = decision;
  card.classList.toggle("decided", decision === "accepted" || decision === "dismissed");
  for (const button of all(".decide button", card)) button.ariaPressed = String(button.value === decision);
  for (const each of all(".bar nav .number")) {
    each.textContent = answer.open.toLocaleString("en");
    each.hidden = !answer.open;
  }
  tell(decision ? fill("kept", { what: say(told.decisions[decision]) }) : fill("undone"));
}

function move(by) {
  const cards = list();
  const at = cards.findIndex((card) => card.classList.contains("here"));
  const next = cards[at < 0 ? (by > 0 ? 0 : cards.length - 1) : at + by];
  if (next) stand(next);
}

function stand(card) {
  for (const each of list()) each.classList.toggle("here", each === card);
  card.focus({ preventScroll: true });
  card.scrollIntoView({ block: "start" });
}

const here = () => one(".card.here") ?? article(document.activeElement);

const keys = {
  j: () => move(1),
  k: () => move(-1),
  a: () => here() && decide(here(), "accepted"),
  q: () => here() && decide(here(), "asked"),
  u: () => here() && decide(here(), ""),
  d: () => {
    if (here()) reasonOf(here()).value.trim() ? decide(here(), "dismissed") : (stand(here()), reasonOf(here()).focus());
  },
  x: () => here() && one(".pick input", here())?.click(),
  "/": () => one("main input[type=search]")?.focus(),
  "?": () => one("#help").showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = event.target.matches("input:not([type=checkbox]), select, textarea");
  if (typing) {
    if (event.target.matches(".reason input")) {
      if (event.key === "Enter") {
        event.preventDefault();
        decide(article(event.target), article(event.target).dataset.decision === "asked" ? "asked" : article(event.target).dataset.decision === "accepted" ? "accepted" : "dismissed");
        article(event.target).focus();
      } else if (event.key === "Escape") article(event.target).focus();
    }
    return;
  }
  if (figureOf(event.target) || !keys[event.key] || (!list().length && !"/?".includes(event.key))) return;
  event.preventDefault();
  keys[event.key]();
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  const sure = form.dataset[english() ? "enConfirm" : "zhConfirm"];
  if (sure && !confirm(sure)) return event.preventDefault();
  if (!form.matches(".decide")) return;
  event.preventDefault();
  const card = article(form);
  const wanted = event.submitter?.value ?? "dismissed";
  decide(card, card.dataset.decision === wanted ? "" : wanted);
});
document.addEventListener("focusin", (event) => {
  const card = article(event.target);
  if (card) for (const each of list()) each.classList.toggle("here", each === card);
});
document.addEventListener("change", (event) => {
  if (!event.target.matches(".pick input")) return;
  const count = all(".pick input:checked").length;
  one("#picked-count").textContent = count ? fill("picked", { n: count }) : "";
});

// --- times of this machine's clock
for (const time of all("time[datetime]")) time.textContent = new Date(time.dateTime).toLocaleString("sv").slice(0, 16);

// --- a figure of another report has a page of its own
const others = (document.body.dataset.reports ?? "").split(" ");
document.addEventListener("click", (event) => {
  const [, report, start] = event.target.closest("a")?.getAttribute("href")?.match(/^#r(\d+)-(\d+)$/) ?? [];
  if (!report || report === "0" || !others[report]) return;
  event.preventDefault();
  location.assign(`/reports/${others[report]}#r0-${start}`);
});

// --- correcting a reading or a tie: in the panel of a figure
const body = one("[data-report-id]");
const own = () => shownFigure?.id.split("-")[1];
// A tie may take figures of several reports, so it is kept while one goes from page to page.
const building = JSON.parse(sessionStorage.getItem("building")) ?? { result: null, terms: [] };
const places = (figures) => figures.map((each) => (each ? `${each.report}-${each.start}` : "")).join(",");

async function correct(fields, report = body.dataset.reportId) {
  const answer = await hand(`/reports/${report}/corrections`, new URLSearchParams(fields));
  if (!answer) return;
  if (fields.signs !== undefined) sessionStorage.removeItem("building");
  const told = answer.changes.map((each) => fill(each.change, { what: each.after ?? each.before })).join(" · ") || fill("nothing");
  sessionStorage.setItem("said", told);
  if (["reading", "missed"].includes(fields.kind) && fields.starts) location.hash = `r0-${fields.starts}`;
  location.reload();
}

function action(name, act) {
  const button = make("button", say(told.script[name]));
  button.type = "button";
  button.addEventListener("click", act);
  return button;
}

function form() {
  const made = make("details", "", "correct");
  made.append(make("summary", say(told.script.correct)));
  const inputs = {};
  const { found } = read(shownFigure);
  const isDate = Boolean(found?.date);
  const unread = !found;
  for (const [name, label] of Object.entries(told.fields)) {
    if (!unread && (name === "date") !== isDate) continue;
    const row = make("label", say(label));
    const input = make(name === "role" ? "select" : "input");
    if (name === "role") input.append(new Option("", ""), ...Object.entries(words.roles).map(([role, said]) => new Option(say(said), role)));
    input.autocomplete = "off";
    if (name === "indicator" && found?.indicator) input.placeholder = found.indicator;
    if (name === "period" && found?.period) input.placeholder = say(found.period);
    if (name === "date" && isDate) input.placeholder = say(found.date);
    if (name === "value" && found?.value) input.placeholder = say(found.value);
    row.append(input);
    made.append(row);
    inputs[name] = input;
  }
  const values = () => Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, input.value]));
  const buttons = make("p");
  buttons.append(action("save", () => correct({ kind: unread ? "missed" : "reading", starts: own(), ...values() })));
  if (unread) {
    made.append(buttons);
    return made;
  }
  buttons.append(action(isDate ? "nodate" : "none", () => correct({ kind: "reading", starts: own(), none: "1" })));
  const ties = make("p");
  ties.append(make("span", say(told.script.tie)), action("result", () => build("=")), action("plus", () => build("+")), action("minus", () => build("-")));
  made.append(buttons, ties);
  return made;
}

function build(sign) {
  const figure = { report: body.dataset.reportId, name: body.dataset.name, start: own(), text: shownFigure.textContent, sign };
  const isOther = (each) => places([each]) !== places([figure]);
  building.terms = building.terms.filter(isOther);
  if (building.result && !isOther(building.result)) building.result = null;
  if (sign === "=") building.result = figure;
  else building.terms.push(figure);
  showTie();
}

function showTie() {
  const box = one("#tie");
  sessionStorage.setItem("building", JSON.stringify(building));
  box.hidden = !building.result && !building.terms.length;
  const named = (each) => each.text + (each.report === body.dataset.reportId ? "" : `（${each.name}）`);
  const terms = building.terms.map((each, at) => `${each.sign === "-" ? "− " : at ? "+ " : ""}${named(each)}`).join(" ");
  one("output", box).textContent = `${building.result ? named(building.result) : "?"} = ${terms || "?"}`;
}

function extend() {
  if (!shownFigure || one(".correct, .over-time", reading)) return;
  const { found, ties } = read(shownFigure);
  if (found && "open" in body.dataset) all("li", reading).forEach((item, at) => {
    const tie = ties[found.ties[at]];
    const isOwn = tie.at.every(([report]) => report === 0);
    const where = isOwn ? { starts: tie.at.map(([, start]) => start).join(",") } : { places: tie.at.map(([report, start]) => `${others[report]}-${start}`).join(",") };
    item.append(action("untie", () => correct({ kind: "untie", rule: tie.rule, ...where })));
  });
  if (followed[own()] && !one(".over-time", reading)) {
    const link = make("a", say(told.script.series), "over-time");
    link.href = `/series/${followed[own()]}`;
    reading.append(link);
  }
  if ("open" in body.dataset) reading.append(form());
}

// --- what was not read: its characters are selected in the text
const NUMERAL = /[\d０-９〇零一二三四五六七八九十百千萬億兆兩壹貳參肆伍陸柒捌玖拾佰仟半]/;
let selected = null;

function chooseText() {
  const range = getSelection()?.rangeCount ? getSelection().getRangeAt(0) : null;
  const text = range?.toString().trim() ?? "";
  if (!text || text.length > 60 || !NUMERAL.test(text)) return;
  const blockOf = (node) => (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest(".text .wide, .text p, .text h4, .text h5, .text h6");
  const block = blockOf(range.startContainer);
  const number = block && one(".no", block);
  const within = (node) => figureOf(node.nodeType === Node.TEXT_NODE ? node.parentElement : node);
  if (within(range.startContainer) && within(range.startContainer) === within(range.endContainer)) return; // it was read
  if (!number || blockOf(range.endContainer) !== block) return;
  const before = document.createRange();
  before.setStartAfter(number);
  before.setEnd(range.startContainer, range.startOffset);
  selected = { line: number.textContent, before: before.toString(), text };
  one("#missed").hidden = false;
  one("#missed output").textContent = `「${text}」`;
}

const followed = data("followed") ?? {};
if (body) new MutationObserver(extend).observe(reading, { childList: true });
if (body && "open" in body.dataset) {
  let choosing = 0;
  document.addEventListener("selectionchange", () => {
    clearTimeout(choosing);
    choosing = setTimeout(chooseText, 200);
  });
  one("#missed").addEventListener("submit", (event) => {
    event.preventDefault();
    if (selected) correct({ kind: "missed", ...selected, ...Object.fromEntries(new FormData(event.target)) });
  });
  one("#missed [data-act]").addEventListener("click", () => {
    selected = null;
    one("#missed").hidden = true;
  });
  one("#tie").addEventListener("click", (event) => {
    const act = event.target.closest("[data-act]")?.dataset.act;
    if (act === "clear") {
      [building.result, building.terms] = [null, []];
      showTie();
    } else if (act === "tie") {
      const figures = [building.result, ...building.terms];
      const home = building.result?.report ?? body.dataset.reportId;
      const within = figures.every((each) => !each || each.report === home);
      const where = within ? { starts: figures.map((each) => each?.start ?? "").join(",") } : { places: places(figures) };
      correct({ kind: one("#tie select").value, signs: building.terms.map((each) => each.sign).join(","), ...where }, home);
    }
  });
  showTie();
  const said = sessionStorage.getItem("said");
  sessionStorage.removeItem("said");
  if (said) tell(said);
}
speak(root.lang);
arrive();
