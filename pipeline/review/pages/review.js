// What a page of the report needs to be corrected on: buttons and keys for events, numbers, links and topics.
// Everything that is drawn goes in as text or as attributes, never as markup.
"use strict";
(() => {
  const TOKEN = document.querySelector('meta[name="carefeed-token"]').content;
  const KEYS = [
    ["j", "next event"], ["k", "the one before"], ["a", "accept: it is right as it stands"], ["e", "edit: put it right"],
    ["r", "reject: it is no event"], ["m", "merge: the first m marks an event, the second the one that it goes into"],
    ["s", "split: to the sentences of the event, each with its button"], ["o", "open the event’s page"],
    ["u", "undo the last decision"], ["w", "apply: write all decisions into the files"], ["q", "to the queue"],
    ["?", "this help"], ["Esc", "close, or stop merging"],
  ];
  const CELLS = {
    event: [["date", "Date", "as 2025-03-20, 2025-03, 2025, 2025-21 (spring) or 2025-04/2026-03"], ["type", "Kind"], ["status", "Status"],
      ["amount", "Amount in pounds"], ["title", "Title", "", "wide"], ["policies", "Policies", "with ; between", "wide"], ["organisations", "Organisations", "with ; between", "wide"]],
    number: [["value", "Value, in full"], ["value_high", "To (for a range)"], ["unit", "Unit"], ["role", "Level or change"], ["direction", "Direction"], ["period", "For the time"], ["measure", "What is measured", "", "wide"]],
  };
  const EMPTY = new Set(["policies", "organisations", "amount", "value_high", "period", "direction"]);
  const cards = new Map();
  let words = null, bar = null, said = null, asked = false;

  // ------------------------------------------------------------------- small helpers

  function node(tag, className, ...children) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    made.append(...children);
    return made;
  }
  function link(href, text) { const made = node("a", "", text); made.href = href; return made; }
  function button(text, key, act, className) {
    const made = node("button", className || "", text);
    made.type = "button";
    if (key) { made.append(" ", node("kbd", "", key)); made.setAttribute("aria-keyshortcuts", key); }
    made.addEventListener("click", act);
    return made;
  }
  // The form's main button: pressing Enter in a field presses it.
  function saver(text) { const made = button(text, "", () => {}, "primary"); made.type = "submit"; return made; }
  const textOf = (value) => (value === null || value === undefined ? "" : Array.isArray(value) ? value.join("; ") : String(value));
  const keysOn = () => localStorage.getItem("carefeed-keys") !== "off";

  function say(text, isProblem) { said.textContent = text; said.className = isProblem ? "problem" : ""; }
  function refused(error) { say(error.message || String(error), true); }

  async function ask(path, options) {
    let answer;
    try { answer = await fetch("/review/" + path, options); } catch { throw new Error("The review’s server doesn’t answer: is carefeed review still running?"); }
    const isJson = (answer.headers.get("Content-Type") || "").startsWith("application/json");
    const found = isJson ? await answer.json() : { problem: await answer.text() };
    if (!answer.ok) throw new Error(found.problem);
    return found;
  }
  const get = (path) => ask(path, {});
  const post = (name, body) => ask(name, { method: "POST", headers: { "Content-Type": "application/json", "X-Carefeed-Token": TOKEN }, body: JSON.stringify(body) });
  async function known() { words = words || await get("words.json"); return words; }

  function decisionText(decision) {
    const verb = { accept: "Accepted", correct: "Corrected", reject: "Rejected", join: "Merged with another event", alone: "Split off" }[decision.verdict];
    return verb + (decision.what ? " (" + decision.what + ")" : "") + (decision.reviewer ? " by " + decision.reviewer : "")
      + ", " + decision.decided.slice(0, 16).replace("T", " ") + (decision.note ? " – " + decision.note : "");
  }

  // ------------------------------------------------------------------- a dialog with fields

  function dialog(title, fill) {
    const box = node("dialog", "review-dialog");
    const form = node("form", "", node("h2", "", title));
    box.setAttribute("aria-label", title);
    const problem = node("p", "problem");
    problem.setAttribute("role", "alert");
    const buttons = node("div", "buttons");
    const close = () => box.close();
    const act = async (work) => {
      try { problem.textContent = ""; await work(); close(); } catch (error) { problem.textContent = error.message; }
    };
    form.addEventListener("submit", (event) => event.preventDefault());
    fill(form, buttons, act);
    buttons.append(button("Cancel", "Esc", close));
    form.append(problem, buttons);
    box.append(form);
    box.addEventListener("close", () => box.remove());
    document.body.append(box);
    box.showModal();
    const first = box.querySelector("input, select");
    if (first) first.focus();
    return box;
  }

  let nFields = 0;
  function field(parent, name, label, hint, className, value) {
    const id = "review-field-" + (nFields += 1);
    const title = node("label", "", hint ? label + " (" + hint + ")" : label);
    title.htmlFor = id;
    let input;
    if (Array.isArray(words[name]) && name !== "policies" && name !== "organisations") {
      input = document.createElement("select");
      for (const word of EMPTY.has(name) ? ["", ...words[name]] : words[name]) input.append(new Option(word || "–", word));
    } else {
      input = document.createElement("input");
      input.autocomplete = "off";
    }
    input.id = id;
    input.name = name;
    input.value = value;
    const box = node("div", className || "", title, input);
    parent.append(box);
    return input;
  }

  function suggestions(form, name) {
    const id = "review-names-" + name;
    if (!document.getElementById(id)) {
      const all = document.createElement("datalist");
      all.id = id;
      all.append(...words[name].map((each) => new Option(each, each)));
      document.body.append(all);
    }
    return id;
  }

  // A list of names is typed with ; between; the field beside it completes one name and adds it.
  function adder(parent, input, name) {
    const add = field(parent, "add", "Add to " + name, "", "wide", "");
    add.setAttribute("list", suggestions(parent, name));
    add.addEventListener("change", () => {
      if (!add.value.trim()) return;
      input.value = [...input.value.split(";").map((each) => each.trim()).filter(Boolean), add.value.trim()].join("; ");
      add.value = "";
    });
  }

  // What of the fields isn't as it was: a cell that was emptied is written as -.
  function changes(inputs, before) {
    const found = {};
    for (const [name, input] of inputs) {
      const value = input.value.trim();
      if (value !== before[name]) found[name] = value || "-";
    }
    return found;
  }

  function fieldsOf(form, kind, before) {
    const fields = node("div", "fields");
    form.append(fields);
    const inputs = CELLS[kind].map(([name, label, hint, className]) => {
      const input = field(fields, name, label, hint, className, before[name]);
      if (name === "policies" || name === "organisations") adder(fields, input, name);
      return [name, input];
    });
    return [inputs, field(fields, "note", "Why", "if it needs saying", "wide", "")];
  }

  // ------------------------------------------------------------------- events

  function attach(article, card) {
    cards.set(article, card);
    article.tabIndex = -1;
    const tools = node("div", "review-tools");
    tools.setAttribute("role", "group");
    tools.setAttribute("aria-label", "Review of " + card.title);
    tools.append(
      button("Accept", "a", () => decide(article, "accept")), button("Edit", "e", () => edit(article)),
      button("Reject", "r", () => decide(article, "reject")), button("Merge", "m", () => merge(article)));
    const state = node("div", "review-states");
    article.querySelector("h2").after(state, tools);
    if (card.tellings.length > 1) {
      for (const item of article.querySelectorAll("[data-telling]")) {
        item.append(button("Another event: split it off", "", () => split(article, item.dataset.telling), "small split"));
      }
    }
    showState(article);
  }

  function showState(article) {
    const card = cards.get(article);
    article.querySelector(".review-states").replaceChildren(...summed(card.decisions).map((each) => node("p", "review-state", decisionText(each))));
    article.classList.toggle("decided-reject", card.decisions.some((each) => each.verdict === "reject"));
  }

  // One line for what was decided at once on several sentences.
  function summed(decisions) {
    return [...new Map(decisions.map((each) => [decisionText(each), each])).values()];
  }

  async function changed(article, done) {
    const place = all().indexOf(article);
    const card = cards.get(article);
    const [fresh] = (await get("events.json?ids=" + encodeURIComponent(card.event_id))).events;
    if (fresh) { cards.set(article, fresh); showState(article); }
    say(done + ". Not in the files yet: apply when you are through.");
    document.dispatchEvent(new CustomEvent("review-decided", { detail: { place } }));
  }

  async function decide(article, verdict, more) {
    const { done } = await post("decide", { event: cards.get(article).event_id, verdict, ...more }).catch((error) => { if (more) throw error; refused(error); return {}; });
    if (done) await changed(article, done);
  }

  async function edit(article) {
    await known();
    const card = cards.get(article);
    const before = Object.fromEntries(CELLS.event.map(([name]) => [name, textOf(card[name])]));
    for (const each of card.decisions) if (each.about === "event") for (const [name, value] of Object.entries(each.corrections)) before[name] = value === "-" ? "" : value;
    dialog("Put right: " + card.title, (form, buttons, act) => {
      form.append(node("blockquote", "", card.quote));
      const [inputs, note] = fieldsOf(form, "event", before);
      const save = () => act(() => decide(article, "correct", { corrections: changes(inputs, before), note: note.value }));
      form.addEventListener("submit", save);
      buttons.append(saver("Save"));
    });
  }

  const marked = () => JSON.parse(sessionStorage.getItem("carefeed-merge") || "null");
  function stopMerging() { sessionStorage.removeItem("carefeed-merge"); for (const each of document.querySelectorAll(".merging")) each.classList.remove("merging"); }
  async function merge(article) {
    const card = cards.get(article), first = marked();
    if (!first) {
      sessionStorage.setItem("carefeed-merge", JSON.stringify({ id: card.event_id, title: card.title }));
      article.classList.add("merging");
      say("Merging “" + card.title + "”: go to the event that it is the same as, on any page, and press m. Esc stops.");
      return;
    }
    stopMerging();
    try { await changed(article, (await post("merge", { event: first.id, into: card.event_id })).done); } catch (error) { refused(error); }
  }
  async function split(article, telling) {
    try { await changed(article, (await post("split", { event: cards.get(article).event_id, telling })).done); } catch (error) { refused(error); }
  }

  const all = () => [...document.querySelectorAll("article.event[data-event]")].filter((each) => cards.has(each));
  const current = () => document.querySelector("article.event.current");
  function select(place) {
    const found = all()[place];
    for (const each of document.querySelectorAll("article.event.current")) each.classList.remove("current");
    if (!found) return;
    found.classList.add("current");
    found.focus({ preventScroll: true });
    found.scrollIntoView({ block: "nearest" });
  }
  function step(by) { const events = all(); select(Math.max(0, Math.min(events.length - 1, events.indexOf(current()) + by))); }

  // ------------------------------------------------------------------- numbers, links, topics

  function numberRows(cells) {
    for (const row of document.querySelectorAll("tr[data-number]")) {
      const given = cells[row.dataset.number];
      if (!given) continue;
      const act = async () => {
        await known();
        const before = Object.fromEntries(CELLS.number.map(([name]) => [name, textOf(given[name])]));
        dialog("Put right: " + given.text, (form, buttons, work) => {
          form.append(node("blockquote", "", row.querySelector("q").textContent));
          const [inputs, note] = fieldsOf(form, "number", before);
          const send = (verdict, corrections) => work(async () => shown(row, await post("number", { number: row.dataset.number, verdict, corrections, note: note.value })));
          form.addEventListener("submit", () => send("correct", changes(inputs, before)));
          buttons.append(saver("Save"), button("It is right", "", () => send("accept", {})), button("It is no figure", "", () => send("reject", {})));
        });
      };
      row.lastElementChild.append(" ", button("Edit", "", act, "small edit-number"));
    }
  }

  function linkItems() {
    for (const item of document.querySelectorAll("li[data-link]")) {
      const [kind, name] = [item.dataset.link.slice(0, item.dataset.link.indexOf(":")), item.dataset.link.slice(item.dataset.link.indexOf(":") + 1)];
      const act = async () => {
        await known();
        const table = kind === "policy" ? "policies" : "organisations";
        dialog("Who is meant by " + name + " here?", (form, buttons, work) => {
          const fields = node("div", "fields");
          form.append(fields);
          const to = field(fields, "to", "It is", "", "wide", name);
          to.setAttribute("list", suggestions(form, table));
          const send = (verdict) => work(async () => shown(item, await post("link", { article: document.querySelector("[data-article]").dataset.article, kind, name, verdict, to: to.value })));
          form.addEventListener("submit", () => send("correct"));
          buttons.append(saver("Save"), button("Not meant here", "", () => send("reject")));
        });
      };
      item.append(" ", button("Edit", "", act, "small edit-link"));
    }
  }

  function shown(place, { done }) {
    const cell = place.tagName === "TR" ? place.lastElementChild : place;
    for (const old of cell.querySelectorAll(".review-state")) old.remove();
    cell.append(node("p", "review-state", done));
    say(done + ". Not in the files yet: apply when you are through.");
  }

  async function articleStates() {
    const place = document.querySelector("[data-article]");
    if (!place) return;
    const found = await get("article.json?id=" + encodeURIComponent(place.dataset.article));
    numberRows(found.cells);
    const state = node("div", "");
    if (found.read) state.append(node("p", "review-state", "Read through: " + decisionText(found.read)));
    const read = async () => {
      try { shown(state, await post("article", { article: place.dataset.article })); } catch (error) { refused(error); }
    };
    place.after(state, node("div", "review-tools", button("All is here and right", "", read), node("span", "soft", "Read the original first: nothing is missing, and with your corrections all is right. It becomes an annotated article of carefeed review gold.")));
    for (const row of document.querySelectorAll("tr[data-number]")) if (found.numbers[row.dataset.number]) row.lastElementChild.append(node("p", "review-state", decisionText(found.numbers[row.dataset.number])));
    for (const item of document.querySelectorAll("li[data-link]")) if (found.links[item.dataset.link]) item.append(node("p", "review-state", decisionText(found.links[item.dataset.link])));
  }

  function topicTools() {
    const heading = document.querySelector("h1[data-topic]");
    if (!heading) return;
    const topic = heading.dataset.topic;
    const rename = async () => {
      await known();
      dialog("Name the topic", (form, buttons, work) => {
        const label = field(form, "label", "Name", "", "wide", heading.textContent);
        form.addEventListener("submit", () => work(async () => { const { done } = await post("name-topic", { topic, label: label.value }); heading.textContent = label.value; say(done + ". Apply when you are through."); }));
        buttons.append(saver("Save"));
      });
    };
    const join = async () => {
      await known();
      dialog("Merge the topic into another", (form, buttons, work) => {
        const into = document.createElement("select");
        into.setAttribute("aria-label", "Topic");
        for (const [id, label] of Object.entries(words.topics)) if (id !== topic) into.append(new Option(label, id));
        form.append(into);
        form.addEventListener("submit", () => work(async () => say((await post("merge-topics", { topic, into: into.value })).done + ". Apply when you are through.")));
        buttons.append(saver("Merge"));
      });
    };
    heading.after(node("div", "review-tools", button("Rename", "", rename), button("Merge into another", "", join)));
  }

  // ------------------------------------------------------------------- the bar, the keys

  async function undo() {
    try {
      const { done } = await post("undo", {});
      await reload();
      say(done);
    } catch (error) { refused(error); }
  }

  // What was decided may stand on any card of the page.
  async function reload() {
    const articles = all();
    if (articles.length) {
      const ids = articles.map((each) => cards.get(each).event_id);
      const fresh = new Map((await get("events.json?ids=" + ids.map(encodeURIComponent).join(","))).events.map((each) => [each.event_id, each]));
      for (const article of articles) {
        const card = fresh.get(cards.get(article).event_id);
        if (card) { cards.set(article, card); showState(article); }
      }
    }
    document.dispatchEvent(new CustomEvent("review-decided", { detail: {} }));
  }

  async function apply() {
    if (asked) return;
    asked = true;
    say("Applying: the tables and pages are being made anew …");
    try {
      const { done, notes } = await post("apply", {});
      sessionStorage.setItem("carefeed-said", [done, ...notes].join(" "));
      location.reload();
    } catch (error) { refused(error); }
    asked = false;
  }

  function help() {
    dialog("Keys", (form, buttons) => {
      const table = document.createElement("table");
      for (const [key, what] of KEYS) { const row = table.insertRow(); row.append(node("th", "", node("kbd", "", key)), node("td", "", what)); }
      form.append(table);
      buttons.append(button(keysOn() ? "Turn keys off" : "Turn keys on", "", (event) => {
        localStorage.setItem("carefeed-keys", keysOn() ? "off" : "on");
        event.currentTarget.textContent = keysOn() ? "Turn keys off" : "Turn keys on";
      }));
    });
  }

  function makeBar() {
    said = node("p", "");
    said.setAttribute("role", "status");
    bar = node("aside", "review-bar");
    bar.setAttribute("aria-label", "Review");
    bar.append(link("/review/", "Queue"), said, button("Undo", "u", undo), button("Apply", "w", apply, "primary"), button("Keys", "?", help));
    document.body.append(bar);
    const earlier = sessionStorage.getItem("carefeed-said");
    sessionStorage.removeItem("carefeed-said");
    const first = marked();
    say(earlier || (first ? "Merging “" + first.title + "”: press m on the event that it is the same as. Esc stops." : ""));
  }

  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && marked()) { stopMerging(); say("Merging was stopped."); return; }
    const isTyping = event.target.closest("input, select, textarea, dialog");
    if (isTyping || event.ctrlKey || event.metaKey || event.altKey || (!keysOn() && event.key !== "?")) return;
    const article = current();
    const own = { a: () => decide(article, "accept"), r: () => decide(article, "reject"), e: () => edit(article), m: () => merge(article),
      s: () => { const first = article.querySelector("button.split"); if (first) first.focus(); else say("It is told by one sentence: there is nothing to split."); },
      o: () => { const page = article.querySelector("h2 a"); if (page) page.click(); } };
    const any = { j: () => step(1), k: () => step(-1), u: undo, w: apply, q: () => { location.href = "/review/"; }, "?": help };
    if (any[event.key]) { event.preventDefault(); any[event.key](); }
    else if (own[event.key]) {
      event.preventDefault();
      if (article) Promise.resolve(own[event.key]()).catch(refused); else say("Choose an event first, with j.");
    }
  });

  async function begin() {
    makeBar();
    window.carefeedReview = { get, node, link, decisionText, attach, select, refused };
    document.dispatchEvent(new CustomEvent("review-ready"));
    const events = [...document.querySelectorAll("article.event[data-event]")].filter((each) => !cards.has(each));
    if (events.length) {
      const found = await get("events.json?ids=" + events.map((each) => encodeURIComponent(each.dataset.event)).join(","));
      const byId = new Map(found.events.map((each) => [each.event_id, each]));
      for (const article of events) if (byId.has(article.dataset.event)) attach(article, byId.get(article.dataset.event));
      const aim = location.hash && document.getElementById(location.hash.slice(1));
      if (aim && cards.has(aim)) select(all().indexOf(aim));
    }
    linkItems();
    topicTools();
    await articleStates();
  }
  addEventListener("DOMContentLoaded", () => begin().catch(refused));
})();
