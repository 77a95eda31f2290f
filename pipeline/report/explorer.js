// The timeline explorer: filters with counts, a time axis to zoom, and the list in step with both.
// Everything that is drawn goes in as text or as attributes, never as markup.
"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const CELLS = ["id", "date", "label", "first", "last", "type", "status", "standing", "standingLabel", "title",
    "policies", "organisations", "topic", "nArticles", "confidence", "url", "related"];
  const events = (self.carefeed || []).flat().map((cells) => {
    const event = {};
    CELLS.forEach((name, i) => { event[name] = cells[i]; });
    event.names = [...event.policies, ...event.organisations];
    event.words = [event.title, event.label, event.type, ...event.names, event.topic].map(plain).join(" ");
    event.from = toDay(event.first);
    event.until = toDay(event.last);
    event.page = "events/" + event.first.slice(0, 7) + ".html#" + event.id;
    return event;
  });
  const known = new Map(events.map((event) => [event.id, event]));
  for (const event of events) event.related = event.related.map(([kind, id]) => [kind, known.get(id)]).filter(([, target]) => target);
  const FACETS = {
    topic: { all: "All topics", values: (e) => (e.topic ? [e.topic] : []) },
    policy: { all: "All policies", values: (e) => e.policies },
    organisation: { all: "All organisations", values: (e) => e.organisations },
    type: { all: "All kinds", values: (e) => [e.type] },
    status: { all: "Any status", values: (e) => [e.status] },
  };
  const STEP = 200;
  const RARE = 0.01;
  const MANY = 120;
  const NAMESPACE = "http://www.w3.org/2000/svg";
  const by = (id) => document.getElementById(id);
  let view = read();
  let shown = STEP;

  function toDay(text) { return Math.round(Date.UTC(+text.slice(0, 4), +text.slice(5, 7) - 1, +text.slice(8, 10) || 1) / 864e5); }
  function toText(day) { return new Date(day * 864e5).toISOString().slice(0, 10); }
  function isDay(text) { return /^\d{4}-\d\d-\d\d$/.test(text) && Number.isFinite(toDay(text)) && toText(toDay(text)) === text; }
  function number(n) { return n.toLocaleString("en-GB"); }
  // Quotation marks and dashes as a keyboard has them: who looks for “children's” finds “children’s”.
  function plain(text) { return text.toLowerCase().replace(/[‘’]/g, "'").replace(/[“”]/g, '"').replace(/[‐‑–—]/g, "-"); }

  // ------------------------------------------------------------------- the view, kept in the address

  function read() {
    const given = new URLSearchParams(location.hash.slice(1));
    const found = { q: given.get("q") || "", from: "", to: "", states: [], order: given.get("order") === "earliest" ? "earliest" : "" };
    for (const name of Object.keys(FACETS)) found[name] = given.get(name) || "";
    for (const name of ["from", "to"]) if (isDay(given.get(name) || "")) found[name] = given.get(name);
    found.states = (given.get("states") || "").split(",").filter((key) => key in data.standings);
    return found;
  }

  function keep() {
    const kept = new URLSearchParams();
    for (const [name, value] of Object.entries(view)) if (value.length) kept.set(name, Array.isArray(value) ? value.join(",") : value);
    const hash = kept.toString();
    history.replaceState(null, "", hash ? "#" + hash : location.pathname + location.search);
  }

  // ------------------------------------------------------------------- filtering

  // The span of time that was asked for, whichever of its ends was given first; infinite where there is none.
  function bounds() {
    return [view.from ? toDay(view.from) : -Infinity, view.to ? toDay(view.to) : Infinity].sort((a, b) => a - b);
  }

  // Which events pass all filters but the one named: what that filter's counts are made from.
  function passing(but) {
    const words = plain(view.q).split(/\s+/).filter(Boolean);
    const [from, to] = bounds();
    return events.filter((e) =>
      (but === "q" || words.every((word) => e.words.includes(word))) &&
      (but === "dates" || (e.until >= from && e.from <= to)) &&
      (but === "states" || !view.states.length || view.states.includes(e.standing)) &&
      Object.keys(FACETS).every((name) => but === name || !view[name] || FACETS[name].values(e).includes(view[name])));
  }

  function fillFacet(name) {
    const counts = new Map();
    for (const event of passing(name)) for (const value of new Set(FACETS[name].values(event))) counts.set(value, (counts.get(value) || 0) + 1);
    if (view[name] && !counts.has(view[name])) counts.set(view[name], 0);
    const select = by(name);
    const options = [new Option(FACETS[name].all, "")];
    for (const [value, n] of [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0], "en-GB"))) {
      options.push(new Option(value + " (" + number(n) + ")", value));
    }
    select.replaceChildren(...options);
    select.value = view[name];
  }

  function fillStates() {
    const counts = {};
    for (const event of passing("states")) counts[event.standing] = (counts[event.standing] || 0) + 1;
    for (const [key, box] of boxes) {
      box.checked = view.states.includes(key);
      box.nextElementSibling.nextElementSibling.textContent = "(" + number(counts[key] || 0) + ")";
    }
  }

  // ------------------------------------------------------------------- the axis

  function span() {
    const all = passing("dates");
    // A few events of long ago would press all others into a corner: they stand at the edge, and are counted there.
    const middles = all.map((event) => (event.from + event.until) / 2).sort((a, b) => a - b);
    const few = Math.floor(middles.length * RARE);
    let first = middles.length ? middles[few] : Infinity, last = -Infinity;
    for (const event of all) last = Math.max(last, (event.from + event.until) / 2);
    if (first > last) { first = toDay(data.newest || "2000-01-01") - 180; last = first + 360; }
    const margin = Math.max(15, (180 - (last - first)) / 2);
    const [from, to] = bounds();
    return [Number.isFinite(from) ? from : first - margin, Number.isFinite(to) ? to : last + margin];
  }

  function make(tag, attributes, ...children) {
    const node = document.createElementNS(NAMESPACE, tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    node.append(...children);
    return node;
  }

  function ticks(first, last, width) {
    const days = Math.max(1, last - first);
    const most = Math.max(2, Math.floor(width / 80));
    if (days < 60) return dayTicks(first, last, most);
    const months = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 6000, 12000].find((m) => days / 30.4 / m <= most) || 60000;
    const start = new Date(first * 864e5);
    const found = [];
    let at = start.getUTCFullYear() * 12 + Math.ceil(start.getUTCMonth() / Math.min(months, 12)) * Math.min(months, 12);
    if (months > 12) at = Math.ceil(at / months) * months;
    for (;; at += months) {
      const day = Math.round(Date.UTC(Math.floor(at / 12), at % 12, 1) / 864e5);
      if (day > last) return found;
      if (day >= first) {
        const name = new Date(day * 864e5).toLocaleDateString("en-GB", { month: "short", timeZone: "UTC" });
        const year = String(Math.floor(at / 12));
        found.push([day, months >= 12 || at % 12 === 0 ? year : found.length ? name : name + " " + year]);
      }
    }
  }

  // A few weeks are marked by days.
  function dayTicks(first, last, most) {
    const step = [1, 2, 7, 14].find((n) => (last - first) / n <= most) || 28;
    const found = [];
    for (let day = Math.ceil(first); day <= last; day += step) {
      const named = { day: "numeric", month: "short", timeZone: "UTC", ...(found.length ? {} : { year: "numeric" }) };
      found.push([day, new Date(day * 864e5).toLocaleDateString("en-GB", named)]);
    }
    return found;
  }

  // A mark's outline says what became of the event, so that colour isn't needed to tell them apart.
  function mark(standing, x, y, r) {
    const kind = { class: "mark " + standing };
    if (standing === "overdue") return make("path", { ...kind, d: `M${x} ${y - r - 1} L${x + r + 1} ${y + r} L${x - r - 1} ${y + r} Z` });
    if (standing === "dropped") return make("path", { ...kind, d: `M${x - r} ${y - r} L${x + r} ${y + r} M${x + r} ${y - r} L${x - r} ${y + r}` });
    if (standing === "open") return make("path", { ...kind, d: `M${x} ${y - r - 1} L${x + r + 1} ${y} L${x} ${y + r + 1} L${x - r - 1} ${y} Z` });
    if (standing === "ongoing" || standing === "superseded") return make("rect", { ...kind, x: x - r, y: y - r, width: 2 * r, height: 2 * r });
    return make("circle", { ...kind, cx: x, cy: y, r });
  }

  function drawAxis(list) {
    const box = by("axis");
    const width = Math.max(280, box.clientWidth || 800);
    const left = 12, right = width - 12, base = 168;
    const [first, last] = span();
    const x = (day) => left + ((day - first) / Math.max(1, last - first)) * (right - left);
    const size = 12;
    const columns = new Map();
    let before = 0;
    for (const event of list) {
      const middle = (Math.max(event.from, view.from ? first : event.from) + Math.min(event.until, view.to ? last : event.until)) / 2;
      if (middle < first) before += 1;
      const column = Math.floor((x(Math.min(Math.max(middle, first), last)) - left) / size);
      if (!columns.has(column)) columns.set(column, []);
      columns.get(column).push(event);
    }
    const tallest = Math.max(1, ...[...columns.values()].map((c) => c.length));
    const step = Math.min(size, (base - 24) / tallest);
    const svg = make("svg", { viewBox: `0 0 ${width} 200`, height: 200, role: "group", "aria-label": "Events over time; each mark links to its event" });
    for (const [day, label] of ticks(first, last, width)) {
      svg.append(make("line", { class: "grid", x1: x(day), x2: x(day), y1: 8, y2: base + 8 }));
      svg.append(make("text", { class: "tick", x: x(day), y: 192, "text-anchor": x(day) > right - 16 ? "end" : x(day) < left + 16 ? "start" : "middle" }, label));
    }
    if (data.newest) {
      const now = toDay(data.newest);
      if (now >= first && now <= last) {
        const atEnd = x(now) > width - 130;
        svg.append(make("line", { class: "now", x1: x(now), x2: x(now), y1: 4, y2: base + 8 }));
        svg.append(make("text", { class: "nowlabel", x: x(now) + (atEnd ? -5 : 5), y: 14, "text-anchor": atEnd ? "end" : "start" }, "newest article"));
      }
    }
    if (before) svg.append(make("text", { class: "nowlabel", x: left, y: 14 }, "◂ " + number(before) + " before"));
    const places = new Map();
    for (const [column, members] of columns) members.forEach((event, i) => places.set(event, [left + (column + 0.5) * size, base - i * step]));
    for (const event of list) {
      for (const [kind, target] of event.related) {
        const from = places.get(target), to = places.get(event);
        if (!from || !to) continue;
        const top = Math.max(4, Math.min(from[1], to[1]) - 24 - Math.abs(to[0] - from[0]) / 12);
        svg.append(make("path", { class: list.length > MANY ? "chain faint" : "chain", d: `M${from[0]} ${from[1]} Q${(from[0] + to[0]) / 2} ${top} ${to[0]} ${to[1]}` },
          make("title", {}, event.title + " – " + kind.toLowerCase() + ": " + target.title)));
      }
    }
    const few = list.length <= 1500;
    for (const [column, members] of columns) {
      members.forEach((event, i) => {
        const shape = mark(event.standing, left + (column + 0.5) * size, base - i * step, Math.max(2, Math.min(4.5, step / 2 - 0.6)));
        if (!few) { svg.append(shape); return; }
        const title = make("title", {}, event.label + ": " + event.title + " (" + event.standingLabel + ")");
        svg.append(make("a", { href: event.page, tabindex: -1, "aria-hidden": "true" }, shape, title));
      });
    }
    svg.append(make("line", { class: "grid", x1: left, x2: right, y1: base + 8, y2: base + 8 }));
    box.replaceChildren(svg);
    dragging(svg, (at) => first + ((at * width - left) / (right - left)) * (last - first));
  }

  // Drawing across the axis with the mouse shows that span of time; the buttons do the same without one.
  function dragging(svg, dayAt) {
    const share = (event) => { const box = svg.getBoundingClientRect(); return Math.min(1, Math.max(0, (event.clientX - box.left) / box.width)); };
    let start = null, band = null;
    svg.addEventListener("pointerdown", (event) => {
      if (event.pointerType !== "mouse" || event.button !== 0 || event.target.closest("a")) return;
      start = share(event);
      band = make("rect", { class: "chosen", y: 0, height: 176, x: 0, width: 0 });
      svg.append(band);
      svg.setPointerCapture(event.pointerId);
      event.preventDefault();
    });
    svg.addEventListener("pointermove", (event) => {
      if (start === null) return;
      const wide = svg.viewBox.baseVal.width, [a, b] = [start, share(event)].sort((x, y) => x - y);
      band.setAttribute("x", a * wide);
      band.setAttribute("width", (b - a) * wide);
    });
    svg.addEventListener("pointerup", (event) => {
      if (start === null) return;
      const [a, b] = [start, share(event)].sort((x, y) => x - y);
      start = null;
      band.remove();
      if (b - a < 0.01) return;
      view.from = toText(Math.floor(dayAt(a)));
      view.to = toText(Math.ceil(dayAt(b)));
      shown = STEP;
      draw();
    });
  }

  function zoom(how) {
    let [first, last] = span();
    const width = Math.max(14, last - first);
    const middle = (first + last) / 2;
    if (how === "all") { view.from = ""; view.to = ""; return; }
    if (how === "next") { first = toDay(data.newest); last = first + 183; }
    if (how === "in") { first = middle - width / 4; last = middle + width / 4; }
    if (how === "out") { first = middle - width; last = middle + width; }
    if (how === "earlier") { first -= width / 2; last -= width / 2; }
    if (how === "later") { first += width / 2; last += width / 2; }
    view.from = toText(Math.max(-680000, Math.floor(first)));
    view.to = toText(Math.min(2900000, Math.ceil(last)));
  }

  // ------------------------------------------------------------------- the list

  function row(event) {
    const item = document.createElement("li");
    item.className = event.standing;
    const when = document.createElement("span");
    when.className = "when";
    when.textContent = event.label;
    const what = document.createElement("span");
    what.className = "what";
    const link = document.createElement("a");
    link.href = event.page;
    link.textContent = event.title;
    const badge = document.createElement("span");
    badge.className = "badge " + event.standing;
    badge.textContent = event.standingLabel;
    what.append(link, " ", badge);
    const notes = [...event.names];
    for (const [kind, target] of event.related) notes.push(kind.toLowerCase() + ": " + target.title + " (" + target.label + ")");
    if (event.nArticles > 1) notes.push("told in " + number(event.nArticles) + " articles");
    if (notes.length) {
      const names = document.createElement("span");
      names.className = "names";
      names.textContent = notes.join(" · ");
      what.append(names);
    }
    item.append(when, what);
    return item;
  }

  function drawList(list) {
    const parts = [];
    let year = "", group = null;
    const ordered = view.order ? list : [...list].reverse();
    for (const event of ordered.slice(0, shown)) {
      if (event.first.slice(0, 4) !== year) {
        year = event.first.slice(0, 4);
        const heading = document.createElement("h2");
        heading.textContent = year;
        group = document.createElement("ol");
        group.className = "events";
        parts.push(heading, group);
      }
      group.append(row(event));
    }
    if (!list.length) {
      const nothing = document.createElement("p");
      nothing.className = "none";
      nothing.textContent = events.length ? "No event passes all of these filters." : "No events were found.";
      parts.push(nothing);
    }
    by("list").replaceChildren(...parts);
    by("more").hidden = list.length <= shown;
    by("more").textContent = "Show " + number(Math.min(STEP, list.length - shown)) + " more";
    const all = number(events.length) + (events.length === 1 ? " event" : " events");
    by("result").textContent = list.length === events.length ? all
      : number(list.length) + " of " + all;
  }

  function draw() {
    for (const name of Object.keys(FACETS)) fillFacet(name);
    fillStates();
    for (const name of ["q", "from", "to", "order"]) if (by(name).value !== view[name]) by(name).value = view[name];
    const list = passing("");
    drawAxis(list);
    drawList(list);
    keep();
  }

  // ------------------------------------------------------------------- saving what is shown

  // A cell that a spreadsheet would run as a formula gets an apostrophe before it.
  function cell(value) {
    const text = String(value === null ? "" : value);
    const safe = /^[=+\-@\t\r]/.test(text) ? "'" + text : text;
    return /[",\n\r]/.test(safe) ? '"' + safe.replace(/"/g, '""') + '"' : safe;
  }

  function save() {
    const header = ["event_id", "date", "date_label", "type", "status", "state", "title", "policies", "organisations", "topic", "n_articles", "confidence", "url", "related"];
    const lines = passing("").map((e) => [e.id, e.date, e.label, e.type, e.status, e.standing, e.title,
      e.policies.join("; "), e.organisations.join("; "),
      e.topic, e.nArticles, e.confidence, e.url,
      e.related.map(([kind, target]) => kind.toLowerCase() + ": " + target.id).join("; ")].map(cell).join(","));
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob(["\ufeff" + [header.join(","), ...lines].join("\n") + "\n"], { type: "text/csv;charset=utf-8" }));
    link.download = "timeline-selection.csv";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  // ------------------------------------------------------------------- wiring

  const boxes = Object.entries(data.standings).map(([key, label]) => {
    const box = document.createElement("input");
    box.type = "checkbox";
    box.value = key;
    const badge = document.createElement("span");
    badge.className = "badge " + key;
    badge.textContent = label;
    const count = document.createElement("span");
    const line = document.createElement("label");
    const shape = make("svg", { viewBox: "0 0 14 14", width: 14, height: 14, "aria-hidden": "true" }, mark(key, 7, 7, 4.5));
    line.append(box, badge, count, shape);
    by("states").append(line);
    return [key, box];
  });
  const change = (wait) => () => {
    clearTimeout(change.timer);
    change.timer = setTimeout(() => {
      for (const name of ["q", "from", "to", "order", ...Object.keys(FACETS)]) view[name] = by(name).value;
      view.states = boxes.filter(([, box]) => box.checked).map(([key]) => key);
      shown = STEP;
      draw();
    }, wait);
  };
  by("filters").addEventListener("submit", (event) => event.preventDefault());
  by("filters").addEventListener("change", change(0));
  by("order").addEventListener("change", change(0));
  by("q").addEventListener("input", change(150));
  for (const button of document.querySelectorAll("[data-zoom]")) {
    button.addEventListener("click", () => { zoom(button.dataset.zoom); shown = STEP; draw(); });
  }
  by("clear").addEventListener("click", () => { location.hash = ""; view = read(); shown = STEP; draw(); });
  by("csv").addEventListener("click", save);
  by("more").addEventListener("click", () => { shown += STEP; draw(); });
  // A place on this page, as behind “Skip to the content”, is no selection: what was chosen stays.
  addEventListener("hashchange", () => {
    if (document.getElementById(location.hash.slice(1))) { keep(); return; }
    view = read(); shown = STEP; draw();
  });
  addEventListener("resize", () => drawAxis(passing("")));
  by("explorer").hidden = false;
  draw();
})();
