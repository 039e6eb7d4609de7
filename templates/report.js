"use strict";
(() => {
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const said = document.getElementById("said");

  // Findings are filtered by what their cards say of themselves.
  const form = document.getElementById("filters");
  if (form) {
    const cards = all("article[data-severity]");
    const filter = () => {
      const severities = all("[name=severity]:checked", form).map((box) => box.value);
      const words = form.text.value.toLowerCase().split(/\s+/);
      for (const card of cards) {
        const text = card.textContent.toLowerCase();
        card.hidden = !(
          severities.includes(card.dataset.severity) &&
          ["category", "certainty"].every((key) => [...card.dataset[key].split(" "), ""].includes(form[key].value)) &&
          words.every((word) => text.includes(word))
        );
      }
      for (const group of all(".group")) group.hidden = all(".card", group).every((card) => card.hidden);
      const shown = cards.filter((card) => !card.hidden).length;
      document.getElementById("shown").textContent = `${shown} of ${cards.length} cards`;
    };
    form.hidden = false;
    form.addEventListener("input", filter);
    form.addEventListener("reset", () => setTimeout(filter));
    form.addEventListener("submit", (event) => event.preventDefault());
    filter();
    for (const more of all(".more")) more.open = false;
  }

  for (const button of all("button.copy")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const code = button.parentElement.querySelector("code");
      try {
        await navigator.clipboard.writeText(code.textContent);
        said.textContent = "Copied";
        button.classList.add("done");
      } catch {
        getSelection().selectAllChildren(code);
        said.textContent = "Selected: copy it with the keyboard";
      }
    });
    button.addEventListener("blur", () => button.classList.remove("done"));
  }

  // What a link leads to may be folded; a printed page has no folds.
  const reveal = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    for (let at = target; at; at = at.parentElement) if (at.localName === "details") at.open = true;
    if (form && target.closest("[hidden]")) form.reset();
    setTimeout(() => target.scrollIntoView());
  };
  addEventListener("hashchange", reveal);
  reveal();
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = all("details:not([open])");
    for (const one of folded) one.open = true;
  });
  addEventListener("afterprint", () => {
    for (const one of folded) one.open = false;
  });
})();
