// An article in the review: its numbers, the names in it, events that were missed, and that it was read through.
"use strict";
(() => {
  const { get, post, known, node, link, button, saver, field, fieldsOf, dialog, suggestions, textOf, say, refused, shown, decisionText, changes, starts, CELLS } = window.carefeedReview;
  // How the pages say where a date comes from.
  const BASES = {
    explicit: "given in the sentence", relative: "worked out from the sentence", publication: "the day of publication",
    context: "taken from another sentence",
  };
  const articleId = () => document.querySelector("[data-article]").dataset.article;

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
          const send = (verdict) => work(async () => shown(item, await post("link", { article: articleId(), kind, name, verdict, to: to.value })));
          form.addEventListener("submit", () => send("correct"));
          buttons.append(saver("Save"), button("Not meant here", "", () => send("reject")));
        });
      };
      item.append(" ", button("Edit", "", act, "small edit-link"));
    }
  }

  // ------------------------------------------------------------------- what was missed

  // The sentences are asked for when they are wanted: the page may have no text.
  function missedTools(added) {
    const box = node("details", "review-sentences", node("summary", "", "Something is missing: add an event to a sentence"));
    const list = node("div", "");
    box.append(list);
    let isAsked = false;
    box.addEventListener("toggle", async () => {
      if (!box.open || isAsked) return;
      isAsked = true;
      list.append(node("p", "soft", "The sentences are being fetched …"));
      try {
        const { sentences } = await get("sentences.json?id=" + encodeURIComponent(articleId()));
        list.replaceChildren(...sentences.map((each) => sentence(each, added)));
      } catch (error) { isAsked = false; list.replaceChildren(); refused(error); }
    });
    return box;
  }

  function sentence(each, added) {
    const item = node("div", each.opens ? "sentence opens " + each.opens : "sentence");
    const told = each.n_events ? node("span", "soft", each.n_events === 1 ? " Tells one event already." : " Tells " + each.n_events + " events already.") : "";
    const add = button("Add an event", "", () => addTo(item, each).catch(refused), "small");
    add.setAttribute("aria-label", "Add an event to: " + each.text);
    item.append(node("p", "", each.text, told), add);
    for (const decision of added) if (decision.quote === each.text) item.append(node("p", "review-state", decisionText(decision)));
    return item;
  }

  async function addTo(item, each) {
    await known();
    const before = Object.fromEntries(CELLS.missed.map(([name]) => [name, each.cells[name] || ""]));
    dialog("Add an event", (form, buttons, act) => {
      form.append(node("blockquote", "", each.text));
      const [inputs, note] = fieldsOf(form, "missed", before);
      const [date, basis] = ["date", "date_basis"].map((name) => inputs.find(([each]) => each === name)[1]);
      for (const option of basis.options) option.text = BASES[option.value];
      date.addEventListener("change", () => { if (basis.value === "publication") basis.value = "explicit"; });
      const send = async () => {
        const corrections = Object.fromEntries(inputs.map(([name, input]) => [name, input.value.trim()]).filter(([, value]) => value));
        const { done } = await post("missed", { article: articleId(), field: each.field, start: String(each.start_char), corrections, note: note.value });
        item.append(node("p", "review-state", done));
        say(done + ". Not in the files yet: apply when you are through.");
      };
      form.addEventListener("submit", () => act(send));
      buttons.append(saver("Add"));
    });
  }

  async function articleStates() {
    const place = document.querySelector("[data-article]");
    if (!place) return;
    const found = await get("article.json?id=" + encodeURIComponent(place.dataset.article));
    numberRows(found.cells);
    const state = node("div", "");
    if (found.read) state.append(node("p", "review-state", decisionText(found.read)));
    const read = async () => {
      try { shown(state, await post("article", { article: place.dataset.article })); } catch (error) { refused(error); }
    };
    place.after(state, missedTools(found.added), node("div", "review-tools", button("All is here and right", "", read), node("span", "soft", "Read the original first: nothing is missing, and with your corrections all is right. It becomes an annotated article of carefeed review gold.")));
    for (const row of document.querySelectorAll("tr[data-number]")) if (found.numbers[row.dataset.number]) row.lastElementChild.append(node("p", "review-state", decisionText(found.numbers[row.dataset.number])));
    for (const item of document.querySelectorAll("li[data-link]")) if (found.links[item.dataset.link]) item.append(node("p", "review-state", decisionText(found.links[item.dataset.link])));
  }

  // What was shown beside a number, a name or a sentence may stand no longer.
  document.addEventListener("review-decided", (event) => {
    if (!event.detail.isUndone || !document.querySelector("[data-article]")) return;
    sessionStorage.setItem("carefeed-said", event.detail.done);
    location.reload();
  });
  starts.push(linkItems, articleStates);
})();
