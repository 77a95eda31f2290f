// What a page of the report needs to be corrected on: asking the server, dialogs with fields, the bar and the keys.
// The parts (events, chains, articles, topics) come after it and add what they are for: to “starts” what is done once
// the page is there, to “keys” what their keys do. Everything that is drawn goes in as text or as attributes, never as
// markup.
"use strict";
(() => {
  const TOKEN = document.querySelector('meta[name="carefeed-token"]').content;
  const KEYS = [
    ["j", "next event"], ["k", "the one before"], ["a", "accept: it is right as it stands"], ["e", "edit: put it right"],
    ["r", "reject: it is no event"], ["m", "merge: the first m marks an event, the second the one that it goes into"],
    ["s", "split: to the sentences of the event, each with its button"], ["l", "links: what it answers or comes after"], ["o", "open the event’s page"],
    ["u", "undo the last decision"], ["w", "apply: write all decisions into the files"], ["q", "to the queue"],
    ["?", "this help"], ["Esc", "close, or stop merging"],
  ];
  const CELLS = {
    missed: [["date", "Date", "as 2025-03-20, 2025-03, 2025, 2025-21 (spring) or 2025-04/2026-03"], ["date_basis", "Where the date is from"], ["type", "Kind"], ["status", "Status"],
      ["amount", "Amount in pounds"], ["title", "Title", "if you have a better one", "wide"], ["policies", "Policies", "with ; between", "wide"], ["organisations", "Organisations", "with ; between", "wide"]],
    event: [["date", "Date", "as 2025-03-20, 2025-03, 2025, 2025-21 (spring) or 2025-04/2026-03"], ["type", "Kind"], ["status", "Status"],
      ["amount", "Amount in pounds"], ["title", "Title", "", "wide"], ["policies", "Policies", "with ; between", "wide"], ["organisations", "Organisations", "with ; between", "wide"]],
    number: [["value", "Value, in full"], ["value_high", "To (for a range)"], ["unit", "Unit"], ["role", "Level or change"], ["direction", "Direction"], ["period", "For the time"], ["measure", "What is measured", "", "wide"]],
  };
  const EMPTY = new Set(["policies", "organisations", "amount", "value_high", "period", "direction"]);
  const starts = [], keys = { any: {}, own: {} };
  let words = null, said = null, asked = false;

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
    if (decision.about === "article") return "Read through" + by(decision);
    const verb = { accept: "Accepted", correct: "Corrected", reject: "Rejected", join: "Merged with another event", alone: "Split off", link: "Linked", unlink: "Link taken away", add: "Added" }[decision.verdict];
    return verb + (decision.what ? " (" + decision.what + ")" : "") + by(decision);
  }
  function by(decision) {
    return (decision.reviewer ? " by " + decision.reviewer : "") + ", " + decision.decided.slice(0, 16).replace("T", " ")
      + (decision.note ? " – " + decision.note : "");
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

  // What was decided, beside the number, the name or the sentence that it is about.
  function shown(place, { done }) {
    const cell = place.tagName === "TR" ? place.lastElementChild : place;
    for (const old of cell.querySelectorAll(".review-state")) old.remove();
    cell.append(node("p", "review-state", done));
    say(done + ". Not in the files yet: apply when you are through.");
  }

  // ------------------------------------------------------------------- the bar, the keys

  async function undo() {
    try {
      const { done } = await post("undo", {});
      document.dispatchEvent(new CustomEvent("review-decided", { detail: { isUndone: true, done } }));
      say(done);
    } catch (error) { refused(error); }
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
    const bar = node("aside", "review-bar");
    bar.setAttribute("aria-label", "Review");
    bar.append(link("/review/", "Queue"), said, button("Undo", "u", undo), button("Apply", "w", apply, "primary"), button("Keys", "?", help));
    document.body.append(bar);
    const earlier = sessionStorage.getItem("carefeed-said");
    sessionStorage.removeItem("carefeed-said");
    say(earlier || "");
  }

  addEventListener("keydown", (event) => {
    const isTyping = event.target.closest("input, select, textarea, dialog");
    if (isTyping || event.ctrlKey || event.metaKey || event.altKey || (!keysOn() && event.key !== "?")) return;
    const any = { u: undo, w: apply, q: () => { location.href = "/review/"; }, "?": help, ...keys.any };
    if (any[event.key]) { event.preventDefault(); any[event.key](); }
    else if (keys.own[event.key]) {
      event.preventDefault();
      const article = document.querySelector("article.event.current");
      if (article) Promise.resolve(keys.own[event.key](article)).catch(refused); else say("Choose an event first, with j.");
    }
  });

  async function begin() {
    makeBar();
    document.dispatchEvent(new CustomEvent("review-ready"));
    for (const start of starts) await start();
  }
  window.carefeedReview = {
    get, post, known, node, link, button, saver, field, fieldsOf, changes, dialog, suggestions, textOf, say, refused,
    shown, decisionText, starts, keys, CELLS, EMPTY,
  };
  addEventListener("DOMContentLoaded", () => begin().catch(refused));
})();
