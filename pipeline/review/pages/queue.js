// The queue of events to be looked at. The cards are like those of the report's pages; review.js adds what edits them.
"use strict";
document.addEventListener("review-ready", () => {
  const { get, node, link, decisionText, attach, select, refused } = window.carefeedReview;
  const STEP = 25;
  let limit = STEP;
  const by = (id) => document.getElementById(id);
  const list = (names) => (names || []).join(", ");

  function card(event) {
    const article = node("article", "event");
    article.dataset.event = event.event_id;
    article.tabIndex = -1;
    const page = "/events/" + event.date_earliest.slice(0, 7) + ".html#" + event.event_id;
    article.append(node("h2", "", link(page, event.title)));
    article.append(node("p", "facts", node("strong", "", event.date_label), " · " + event.type + " · " + event.status));
    const facts = document.createElement("dl");
    const fact = (name, text) => { if (text) facts.append(node("dt", "", name), node("dd", "", text)); };
    fact("Policies", list(event.policies));
    fact("Organisations", list(event.organisations));
    fact("Confidence", Math.round(100 * (event.confidence || 0)) + "% (" + list(event.reasons) + ")");
    article.append(facts);
    const tellings = node("ul", "tellings");
    for (const telling of event.tellings) {
      const item = node("li", "", node("blockquote", "", telling.quote));
      item.dataset.telling = telling.evidence_id;
      item.append(node("p", "cite", link("/articles/" + telling.article_id + ".html", telling.title), ", " + telling.published.slice(0, 10)));
      tellings.append(item);
    }
    article.append(tellings);
    attach(article, event);
    return article;
  }

  function past(decision) {
    const item = node("li", "", decisionText(decision) + ": “" + decision.quote + "”");
    return item;
  }

  async function load(place) {
    const found = await get("queue.json?limit=" + limit);
    if (!found) return;
    by("left").textContent = found.n_left.toLocaleString("en-GB") + " of " + found.n_events.toLocaleString("en-GB") + " events to look at";
    by("queue").replaceChildren(...found.events.map(card));
    by("more-queue").hidden = found.n_left <= limit;
    by("decisions").replaceChildren(...found.decisions.map(past));
    by("no-decisions").hidden = found.decisions.length > 0;
    if (place !== undefined) select(Math.min(place, found.events.length - 1));
  }

  by("more-queue").addEventListener("click", () => { limit += STEP; load(); });
  document.addEventListener("review-decided", (event) => load(event.detail.place));
  load().catch(refused);
});
