// Links between events in the review: a wrong one is taken away, a missing one added to the event that is found.
"use strict";
(() => {
  const { get, post, known, node, button, saver, field, dialog, refused, decisionText, keys } = window.carefeedReview;
  // How a link is said of the event that has it, and of the one that it leads to.
  const WORDS = {
    confirms: ["Confirms", "Confirmed by"], delays: ["Delays", "Delayed by"], supersedes: ["Takes the place of", "Replaced by"],
    cancels: ["Cancels", "Cancelled by"], fulfils: ["Carries out", "Carried out by"], follows: ["Follows", "Followed by"],
  };
  const WAIT = 200;

  async function editChain(article) {
    await known();
    const { cardOf, changed } = window.carefeedReview;
    const card = cardOf(article);
    dialog("Links: " + card.title, (form, buttons, act) => {
      const send = (later, earlier, kind, note) => act(async () => changed(article, (await post("chain", { event: later, other: earlier, kind, note: note || "" })).done));
      form.append(card.chain.length ? node("ul", "chain", ...card.chain.map((each) => present(card, each, send))) : node("p", "none", "No links yet."));
      adder(form, buttons, card, send);
    });
  }

  function present(card, each, send) {
    const own = each.later === card.event_id;
    const item = node("li", each.kind ? "" : "gone");
    const said = each.kind ? WORDS[each.kind][own ? 0 : 1] : "No link to";
    item.append(node("span", "", said + ": " + each.title + " (" + each.date_label + ") "));
    if (each.kind) {
      const remove = button("Take away", "", () => send(each.later, each.earlier, ""), "small");
      remove.setAttribute("aria-label", "Take the link away: " + said + " " + each.title);
      item.append(remove);
    }
    if (each.decision) item.append(node("p", "review-state", decisionText(each.decision)));
    return item;
  }

  function adder(form, buttons, card, send) {
    const fields = node("div", "fields");
    form.append(node("h3", "", "Add a link"), fields);
    const kind = field(fields, "kind", "This event", "", "", "follows");
    for (const option of kind.options) option.text = WORDS[option.value][0].toLowerCase();
    const words = field(fields, "words", "the earlier one", "words of its title or sentence", "", "");
    const found = document.createElement("select");
    found.size = 6;
    found.setAttribute("aria-label", "Events found");
    const status = node("p", "soft", "Type some words to find the event.");
    status.setAttribute("role", "status");
    fields.append(node("div", "wide", found, status));
    const note = field(fields, "note", "Why", "if it needs saying", "wide", "");
    let timer = 0, asked = "";
    const search = async () => {
      const wanted = asked = words.value.trim();
      if (!wanted) { found.replaceChildren(); status.textContent = "Type some words to find the event."; return; }
      const { events } = await get("search.json?words=" + encodeURIComponent(wanted));
      if (asked !== wanted) return; // another answer is on its way
      const others = events.filter((each) => each.event_id !== card.event_id);
      found.replaceChildren(...others.map((each) => new Option(each.title + " (" + each.date_label + ", " + each.status + ")", each.event_id)));
      if (others.length) found.selectedIndex = 0;
      tell();
    };
    // The whole of the chosen one: a narrow list cuts it.
    const tell = () => {
      const n = found.options.length;
      const chosen = found.selectedOptions.length ? found.selectedOptions[0].text : "";
      status.textContent = n ? (n === 1 ? "One event found: " : n + " events found, this one is chosen: ") + chosen : "No event has these words.";
    };
    found.addEventListener("change", tell);
    words.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(() => search().catch(refused), WAIT); });
    form.addEventListener("submit", () => {
      if (found.value) send(card.event_id, found.value, kind.value, note.value);
      else { status.textContent = "Choose the other event first: type words of its title."; words.focus(); }
    });
    buttons.append(saver("Add"));
  }

  keys.own.l = editChain;
  window.carefeedReview.editChain = editChain;
})();
