"use strict";
(() => {
  // The order of migration is filtered by the text of its rows.
  const form = document.getElementById("filters");
  const rows = [...document.querySelectorAll("tr[data-row]")];
  if (!form || !rows.length) return;
  const filter = () => {
    const words = form.text.value.toLowerCase().split(/\s+/);
    for (const row of rows) {
      const text = row.textContent.toLowerCase();
      row.hidden = !words.every((word) => text.includes(word));
    }
    for (const group of document.querySelectorAll(".group"))
      group.hidden = [...group.querySelectorAll("tr[data-row]")].every((row) => row.hidden);
    const shown = rows.filter((row) => !row.hidden).length;
    document.getElementById("shown").textContent = `${shown} of ${rows.length} repositories`;
  };
  form.hidden = false;
  form.addEventListener("input", filter);
  form.addEventListener("reset", () => setTimeout(filter));
  form.addEventListener("submit", (event) => event.preventDefault());
  filter();
  addEventListener("beforeprint", () => {
    for (const one of document.querySelectorAll("details:not([open])")) one.open = true;
  });
})();
