// Narrows a table to the rows that hold the words typed in. Without scripts the whole table is there.
"use strict";
(() => {
  const field = document.querySelector("[data-filter-for]");
  const input = document.getElementById("find");
  const found = document.getElementById("found");
  const rows = [...document.querySelectorAll("#" + field.dataset.filterFor + " tbody tr")];
  // Quotation marks and dashes as a keyboard has them.
  const plain = (text) => text.toLowerCase().replace(/[‘’]/g, "'").replace(/[“”]/g, '"').replace(/[‐‑–—]/g, "-");
  const texts = rows.map((row) => plain(row.textContent));
  const whole = found.textContent;
  field.hidden = false;
  input.addEventListener("input", () => {
    const words = plain(input.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    rows.forEach((row, i) => {
      row.hidden = !words.every((word) => texts[i].includes(word));
      shown += row.hidden ? 0 : 1;
    });
    found.textContent = words.length ? shown.toLocaleString("en-GB") + " of " + whole : whole;
  });
})();
