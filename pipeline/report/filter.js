// Narrows a table to the rows that hold the words typed in. Without scripts the whole table is there.
"use strict";
(() => {
  const field = document.querySelector("[data-filter-for]");
  const input = document.getElementById("find");
  const found = document.getElementById("found");
  const rows = [...document.querySelectorAll("#" + field.dataset.filterFor + " tbody tr")];
  const texts = rows.map((row) => row.textContent.toLowerCase());
  const whole = found.textContent;
  field.hidden = false;
  input.addEventListener("input", () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    rows.forEach((row, i) => {
      row.hidden = !words.every((word) => texts[i].includes(word));
      shown += row.hidden ? 0 : 1;
    });
    found.textContent = words.length ? shown.toLocaleString("en-GB") + " of " + whole : whole;
  });
})();
