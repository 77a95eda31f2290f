// Events in the review: accepted, corrected, rejected, merged and split, by buttons and by keys.
"use strict";
(() => {
  const { get, post, known, node, button, saver, fieldsOf, changes, dialog, textOf, say, refused, decisionText, starts, keys, CELLS } = window.carefeedReview;
  const cards = new Map();

  function attach(article, card) {
    cards.set(article, card);
    article.tabIndex = -1;
    const tools = node("div", "review-tools");
    tools.setAttribute("role", "group");
    tools.setAttribute("aria-label", "Review of " + card.title);
    tools.append(
      button("Accept", "a", () => decide(article, "accept")), button("Edit", "e", () => edit(article)),
      button("Reject", "r", () => decide(article, "reject")), button("Merge", "m", () => merge(article)),
      button("Links", "l", () => window.carefeedReview.editChain(article).catch(refused)));
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
  }

  async function begin() {
    const events = [...document.querySelectorAll("article.event[data-event]")].filter((each) => !cards.has(each));
    if (events.length) {
      const found = await get("events.json?ids=" + events.map((each) => encodeURIComponent(each.dataset.event)).join(","));
      const byId = new Map(found.events.map((each) => [each.event_id, each]));
      for (const article of events) if (byId.has(article.dataset.event)) attach(article, byId.get(article.dataset.event));
      const aim = location.hash && document.getElementById(location.hash.slice(1));
      if (aim && cards.has(aim)) select(all().indexOf(aim));
    }
    const first = marked();
    if (first) say("Merging “" + first.title + "”: press m on the event that it is the same as. Esc stops.");
  }

  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && marked()) { stopMerging(); say("Merging was stopped."); }
  });
  document.addEventListener("review-decided", (event) => { if (event.detail.isUndone) reload().catch(refused); });
  Object.assign(keys.any, { j: () => step(1), k: () => step(-1) });
  Object.assign(keys.own, {
    a: (article) => decide(article, "accept"), r: (article) => decide(article, "reject"), e: edit, m: merge,
    s: (article) => { const first = article.querySelector("button.split"); if (first) first.focus(); else say("It is told by one sentence: there is nothing to split."); },
    o: (article) => { const page = article.querySelector("h2 a"); if (page) page.click(); },
  });
  starts.push(begin);
  Object.assign(window.carefeedReview, { attach, select, changed, cardOf: (article) => cards.get(article) });
})();
